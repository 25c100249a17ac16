# Texts: what a candidate's own pages show

## Register of legal products
refusal-product-word = This list knows no { $what } “{ $word }”.
refusal-product-word-next = Choose one that the rulebook knows.
product-kind = kind
product-stage = stage
product-attribute = attribute
refusal-product-attribute-twice = The attribute “{ $word }” is named twice.
refusal-product-attribute-twice-next = Name each attribute once.
refusal-product-year = No legal product can be of the year { $year }.
refusal-product-year-next = Check the year: four digits, from 1945 on.
refusal-product-page = Pages are counted from 1.
refusal-product-page-next = Give the number of the page, or leave it out.
refusal-product-twice = “{ $title }” is in the register already.
refusal-product-twice-next = Change the one that is there, or give a title that tells them apart.
refusal-product-same = “{ $title }” is on record exactly like that.
refusal-product-same-next = Nothing needs to be done.
refusal-product-stale = “{ $title }” was changed by somebody else: you had version { $seen } before you, version { $current } is on record.
refusal-product-stale-next = Compare yours with the one on record, then save again.
refusal-products = There may be at most { $most } products in a register.
refusal-products-next = Enter the most important ones; only a few count.

## Checklist and readiness
refusal-no-dossier-here = { $candidate } hands in no dossier at this level.
refusal-no-dossier-here-next = The dossier of the level below still holds.
refusal-readiness-no-rule = The rulebook has no such contest.
refusal-readiness-no-rule-next = Check the category and the level.
refusal-readiness-over = Judging is closed: the readiness of { $candidate } is worked out no more.
refusal-readiness-over-next = Wait for the result to be announced.
document-example = Example: { $name } ({ $formats }, at most { $most } MB)
readiness-provisional = Provisional: as if every figure were accepted as claimed. Marks of the jury, attendance and what is compared with others are not in it.
raise-everybody = If “{ $claim }” came to { $all }, as many as “{ $to }” (now { $part }).
raise-stage = If the { $kind } that is now at “{ $from }” came to the stage “{ $stage }”.
raise-item = One more { $kind } at the stage “{ $stage }”.
raise-claim = “{ $indicator }” is not claimed yet; it is worth at most this.
raise-highest = If “{ $indicator }” reached its highest points.

## While a figure is typed
warning-unfit = This figure does not have its shape yet. { $why }
warning-unfit-next = Check the figure and its unit.
warning-implausible = { $what } comes to { $value }, outside of what is plausible, { $least } to { $most }.
warning-implausible-next = Check the figure, its unit, and noughts too many.
warning-coverage = { $indicator }: { $part } of { $all } makes { $percent } %, more than everybody.
warning-coverage-next = See that both figures mean the same day and the same people, and that they are not interchanged.
warning-nobody = { $indicator }: nothing can be divided by 0.
warning-nobody-next = Give the number of all, not 0.
warning-capped = { $what } is { $value } with half of “{ $claim }” already: this pays for longer than counts.
warning-capped-next = Check that budget and people are of the same year, and that the unit is rupiah.
warning-jump = This figure is { $value }; before it was { $before }.
warning-jump-next = If it is right, write the source and the reason into its source field; if not, correct it.
warning-growth = This figure is { $value }; the year before it was { $before }.
warning-growth-next = If it is right, have the evidence of the growth ready; if not, correct it.
warning-as-of = The day { $day } is outside of the period that is assessed, { $from } to { $to }.
warning-as-of-next = Use a figure of the period, most often of its last day.

## Who may enter
enter-kind-yes = The kind “{ $value }” belongs to this category.
enter-kind-no = This category is for { $words }, not for “{ $value }”.
enter-kind-unknown = This category is for { $words }.
enter-size-yes = The size “{ $value }” fits.
enter-size-no = This category is for the sizes { $words }, not for “{ $value }”.
enter-size-unknown = This category asks for the size: { $words }.
enter-sector-yes = The sector “{ $value }” fits.
enter-sector-no = This category is for the sectors { $words }, not for “{ $value }”.
enter-sector-unknown = This category asks for the sector: { $words }.
enter-word-yes-next = Nothing needs to be done.
enter-word-no-next = Another category may fit. Check your answers as well.
enter-word-unknown-next = Complete your answers about this.
enter-region-yes = Region: { $region }.
enter-region-yes-next = Nothing needs to be done.
enter-region-kind = “{ $region }” is not of the kind { $kind }.
enter-region-kind-next = Choose your own region, or change who you say you are.
enter-region-unknown = The region “{ $region }” is not known.
enter-region-unknown-next = Choose a region of the list.
enter-gate-yes = The condition “{ $gate }” is met.
enter-gate-yes-next = Keep the proof: this condition is verified.
enter-gate-no = The condition “{ $gate }” is not met yet.
enter-gate-no-next = Meet “{ $gate }” before you are put forward, and ask again.
enter-gate-final = The condition “{ $gate }” is not met this year.
enter-gate-final-next = Enter again when the time of “{ $gate }” is over.
enter-gate-unknown = The condition “{ $gate }” is not answered yet.
enter-gate-unknown-next = Have an answer and its proof ready for “{ $gate }”.

## The six steps
step-register = Register
step-complete = Complete the dossier
step-submit = Submit
step-verification = Verification
step-interview = Interview
step-announcement = Announcement
stepper-declined = You have said that you do not take part.
stepper-withdrawn = You have withdrawn.
stepper-dropped-out = You no longer take part since the result was settled.
stepper-next-consent = Answer the nomination: take part or not.
stepper-next-entered = The nomination is being put on record.
stepper-next-correct = Correct the documents that were given back, and submit again.
stepper-next-complete = Hand in the required documents that are missing.
stepper-next-submit = All required documents are there: submit the dossier.
stepper-next-opening = Wait until the round is opened; nothing can be handed in before.
stepper-next-late = The deadline for the dossier is over: wait for what the committee decides, or ask the chair to extend it.
stepper-next-verification = Verifiers look at the figures; respond if something is given back.
stepper-next-slot = Wait for the time of the interview.
stepper-next-answer = Answer the invitation to the interview.
stepper-next-come = Have the presentation ready and come in time.
stepper-next-begun = The time of the interview has come: wait until the attendance is put on record.
stepper-next-excused = Wait for what is decided about the interview.
stepper-next-judging = The jury judges; wait for the announcement.
stepper-next-provisional = The provisional result is published: objections can be filed until their deadline.
stepper-next-result = The result is announced.

## Who comes to the interview
hearing-asks-leader = { $rank } in person
hearing-asks-officials = at least { $least } officials beside
hearing-lacks-officials = Officials beside: { $came }, and at least { $least } are asked for.
hearing-lacks-leader = The highest rank of the delegation: { $rank }, and the leader is asked to come in person.

## Who changed what
changed-document = Handed in “{ $document }”: { $file }
changed-claim = Stated “{ $claim }”: { $value }
changed-claim-yes = Answered “{ $claim }”: yes
changed-claim-no = Answered “{ $claim }”: no
changed-claim-none = Emptied “{ $claim }”
changed-product = Entered “{ $title }” at the stage “{ $stage }”
changed-product-struck = Took back “{ $title }” ({ $stage })
changed-item-accepted = Accepted “{ $title }” after a look at it
changed-item-accepted-because = Accepted “{ $title }” after a look at it: { $reason }
changed-item-struck = Did not accept “{ $title }”
changed-item-struck-because = Did not accept “{ $title }”: { $reason }
changed-submitted = Submitted the dossier
changed-returned = Gave the dossier back: { $reason }
changed-admitted-late = Admitted the late dossier: { $reason }
changed-withdrawn = Withdrew: { $reason }
changed-consented = Consented to take part
changed-declined = Declined to take part: { $reason }
changed-invitation = Answered the invitation to the interview

## Uploads
upload-archive-behind = An archive is hidden behind the end of this file.
upload-archive-behind-next = Save the file anew from the program it comes from, and send it again.
upload-something-behind = Something else stands behind the end of this file.
upload-something-behind-next = Save the file anew from the program it comes from, and send it again.
upload-markup = This file holds a web page or a script.
upload-markup-next = Send the scan or picture as it was made.
upload-bomb = What is in this file unpacks to far too much.
upload-bomb-next = Remove rows and pictures that are not needed, and save it anew.
upload-entries = This file has too many parts.
upload-entries-next = Split it into several files.
upload-names = A part inside this file has a name that leads elsewhere.
upload-names-next = Save the file anew from Word or Excel, and send it again.
upload-locked = This file is locked with a password, or packed in a way that is not known.
upload-locked-next = Save it without a password, and send it again.
upload-broken = This file is damaged, or its parts contradict each other.
upload-broken-next = Open it, save it anew, and send it again.
upload-no-place = There is no place for files here yet.
upload-no-place-next = Ask the administrator to name a place for files.
upload-unknown = There is no such upload, it has ended, or somebody else began it.
upload-unknown-next = Begin again from the checklist.
upload-too-many = You have { $found } uploads under way already; at most { $most } are allowed.
upload-too-many-next = Finish or give up one of them first.
upload-too-much = The files of this candidate come to { $found } MB already; at most { $most } MB are allowed.
upload-too-much-next = Make the file smaller, or give up uploads that are not needed.
upload-infected = The scanner found { $virus } in this file.
upload-infected-next = Clean the computer it comes from, and send a clean file.
upload-unscanned = The virus scanner does not answer, so this file is not taken yet.
upload-unscanned-next = Try again in a few minutes.
