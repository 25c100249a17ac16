web-skip = Skip to the content
web-sample = Sample data: every name, score and date is invented.
web-menu = Menu
web-menu-edition = This edition
web-menu-edition-of = Edition { $what }
web-other-language = Indonesia
web-theme = Light or dark
web-theme-light = Light
web-theme-dark = Dark
web-theme-device = As the device
web-foot-what = The Paritrana Award for employment social security, from the first outreach meeting to a list of winners that anyone can recount.
web-foot-check = Check for yourself
web-foot-check-how = Every announced result comes with its count document. Anybody can download it and count again.
web-of = of
web-assumed = assumption, not an official figure
web-close = Close
web-kept = What you had not sent yet is back in the form.
web-offline = The line is down. What you type is kept on this device; send it when the line is back.
web-to-front = To the front page
web-empty-title = No edition yet
web-empty-how = The first edition appears here once the committee has opened it.
web-refused-title = This cannot be shown
web-refused-status = Answer
web-refused-why = Why
web-refused-next = What to do next
web-nothing-here = There is no page at this address, or it is not for you.
web-nothing-here-next = Check the address, or begin at the front page. If you should be able to see it, sign in first.
web-broken = Something broke on our side. What was sent is not lost.
web-broken-next = Try once more in a moment. If it stays like this, tell the secretariat when it happened.
web-no-account = Your account is not active.
web-no-account-next = Ask the administrator who invited you.
web-wrong-method = This page does not take what was sent.
web-wrong-method-next = Open the page again and use the buttons there.
web-from-elsewhere = This was sent from another site and is not accepted.
web-from-elsewhere-next = Open the page here and send it from here. What you typed is still kept on your device.
web-too-large = What was sent is larger than this page takes.
web-too-large-next = Make it shorter. Files are uploaded on the dossier page.
web-too-slow = The answer took too long and was stopped.
web-too-slow-next = Try again. What you typed is still kept on your device.
web-not-understood = This request could not be understood.
web-not-understood-next = Open the page again and try from there.
web-stage-nomination = Nomination
web-stage-dossier = Dossier
web-stage-verification = Verification
web-stage-judging = Judging
web-stage-plenary = Plenary
web-stage-announcement = Announcement
web-standing-open = { $count } of { $of } rounds are open
web-standing-counted = { $count } of { $of } rounds are counted
web-standing-announced = { $of } rounds are announced
web-home-motto = We honour those who protect their workers.
web-home-what = Provinces, regencies and cities, villages and employers are judged by how well they protect the people who work.
web-home-recount = Every figure can be traced and every result can be recounted by anyone.
web-home-may-we = May we take part?
web-home-rules = Read this edition's rules
web-home-steps = The course of the award: how many rounds have reached each stage
web-home-announced = Results that are announced
web-home-levels = Level by level
web-home-candidates = { $count ->
    [1] 1 candidate
   *[other] { $count } candidates
 }
web-home-assessed = Period assessed
web-home-categories = Categories
web-home-version = Version of the rules
web-home-purposes = What the award is for
web-map-title = 38 provinces
web-map-what = how far each province is
web-map-late = behind its plan
web-map-table = The provinces by stage
web-map-province = Province
web-map-phase = Stage
web-map-candidates = Candidates
web-map-days-late = { $count ->
    [1] 1 day late
   *[other] { $count } days late
 }
web-map-free-seats = { $count ->
    [1] 1 empty seat on the panel
   *[other] { $count } empty seats on the panel
 }
web-style-title = The look and its parts
web-style-what = Every part of a page in each of its states, for whoever builds pages.
web-style-colours = Colours
web-style-type = Type and figures
web-style-buttons = Buttons
web-style-primary = Main action
web-style-second = Other action
web-style-quiet = Quiet action
web-style-danger = Cannot be undone
web-style-off = Not yet allowed
web-style-chips = States
web-style-steps = Steps
web-style-tables = Tables
web-style-forms = Forms
web-style-field = Name of a field
web-style-help = A short sentence that helps to fill this in.
web-style-wrong = Coverage cannot be more than 100 %. Check numerator and denominator.
web-style-choice = We agree to take part in this award
web-style-messages = Messages
web-style-dialog = Dialog
web-style-timeline = Timeline
web-phase-none = no round
web-standing-over = Over: the results are announced
web-home-present = The edition under way
web-map-provinces = { $count ->
    [1] 1 province
   *[other] { $count } provinces
 }
web-map-late-short = { $count } late
web-printed-at = printed
