# Texts: the guide for candidates
web-guide-title = Guide for candidates
web-guide-help = Help
web-guide-foot = Guide for candidates
web-guide-what = Eleven short parts, in the order of the award. Read the one that you need now.
web-guide-topics = Parts of the guide
web-guide-contents = On this page
web-guide-all = All parts
web-guide-part = Part { $count } of 11
web-guide-before = Before: { $what }
web-guide-after = Next: { $what }
web-guide-turn = The parts before and after this one
