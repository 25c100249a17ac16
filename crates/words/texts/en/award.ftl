# Texts: award

## Roles
role-branch = branch office
role-candidate = candidate
role-centre = central committee
role-chair = chair
role-juror = juror
role-secretariat = secretariat
role-verifier = verifier

## Stages
stage-outreach = Outreach
stage-nomination = Nomination
stage-dossier = Dossier
stage-verification = Verification
stage-interview = Interview
stage-judging = Judging
stage-counting = Counting
stage-plenary = Plenary
stage-objection = Objection
stage-advancement = Advancement
stage-announcement = Announcement
progress-at = { $stage } { $round }
progress-done = Done

## What expected.csv compares
expected-status = status
expected-place = place
expected-total = total
expected-awards = awards

## Refusals: the rule, and under -next what to do
refusal-not-your-task = This is not the task of the { $role }.
refusal-not-your-task-next = Ask the person whose task it is.
refusal-other-round = The { $role } may do this only in the own round or for the own entry.
refusal-other-round-next = Ask somebody of that round.
refusal-not-in-contest = { $candidate } does not stand in { $contest }: it did not get there.
refusal-not-in-contest-next = Remove this row, or check its level and the result of the level below.
refusal-waits-below = { $why } Until then nobody has gone up, and what the files say of { $contest } waits.
refusal-waits-below-next = { $next } The rows of the level above can stay.
refusal-waits-tie = { $candidate }: { $why } Until then nobody of them has gone up, and what the files say of { $contest } waits.
refusal-waits-tie-next = Decide the tie, then run again. The rows of the level above can stay.
refusal-proposed-twice = { $candidate } has been proposed already.
refusal-proposed-twice-next = An organisation enters one category of an edition; give another id if this is another organisation.
refusal-socialisation-first = { $candidate } was proposed before any socialisation in its region.
refusal-socialisation-first-next = Put the socialisation into events.csv with the kind socialisation.
refusal-event-twice = The event { $event } is on record already.
refusal-event-twice-next = Change nothing, or give the new event an id of its own.
refusal-standing-twice = { $organisation } is on record already as { $standing } of { $edition }.
refusal-standing-twice-next = Nothing needs to be done; what is reached once counts once.
refusal-lot-too-late = The lot of the level { $level } must be committed to before anybody begins to judge.
refusal-lot-too-late-next = Let the chair or the plenary decide this tie.
refusal-lot-not-committed = No lot was committed to at the level { $level }.
refusal-lot-not-committed-next = Let the chair or the plenary decide this tie.
refusal-dossiers-closed = Dossiers are closed; that of { $candidate } comes after.
refusal-dossiers-closed-next = Nothing can be changed any more. Only the chair of the panel can admit a late dossier, for a reason.
refusal-extend-too-late = The dossier deadline of the level { $level } cannot be moved any more: dossiers are closed.
refusal-extend-too-late-next = The chair can admit a late dossier for a reason.
refusal-not-late = The dossier of { $candidate } is in time and complete; there is nothing to admit.
refusal-not-late-next = Remove this decision to admit a late dossier (in decisions.csv: admit_late).
refusal-no-such-seat = The panels of this level have no seat { $seat }.
refusal-no-such-seat-next = Use a seat of the rulebook.
refusal-seat-taken = The seat { $seat } is taken.
refusal-seat-taken-next = Replace the former member first, or use another seat.
refusal-structural-recused = The structural conflict of juror { $juror } with { $candidate } is disclosed and no ground to recuse: else the panel would be empty.
refusal-structural-recused-next = Write recused = no; the table with and without this juror is shown.
refusal-personal-not-recused = A personal conflict of juror { $juror } with { $candidate } requires recusal.
refusal-personal-not-recused-next = Write recused = yes and remove the marks.
refusal-recused-after-marks = Juror { $juror } had judged { $candidate } before declaring the conflict.
refusal-recused-after-marks-next = Declare conflicts before any dossier opens.
refusal-correction-without-reason = { $candidate }: the figure { $claim } was changed without a reason.
refusal-correction-without-reason-next = Give the reason.
refusal-no-such-list = The rulebook has no list { $list }.
refusal-no-such-list-next = Use a list of the rulebook.
refusal-ratified = The plenary has ratified the result of { $contest }.
refusal-ratified-next = Later changes need an objection.
refusal-not-interviewed = { $candidate }: { $contest } has no interview.
refusal-not-interviewed-next = Remove this row of attendance.csv, or add the stage to the rulebook.
refusal-judging-closed = Judging is closed; the sheet of juror { $juror } for { $candidate } comes after.
refusal-judging-closed-next = A mark written down wrongly is put right by correct_mark with a reason.
refusal-not-on-panel = Juror { $juror } does not sit on the panel that judges { $candidate }.
refusal-not-on-panel-next = Appoint the juror first, or remove the marks.
refusal-marks-not-admitted = Juror { $juror } marks { $candidate }, whose dossier was not admitted.
refusal-marks-not-admitted-next = Remove the marks, or admit the late dossier for a reason (in decisions.csv: admit_late).
refusal-recused = Juror { $juror } is recused from { $candidate } and cannot mark.
refusal-recused-next = Remove the marks.
refusal-marked-twice = Juror { $juror } has marked { $candidate } on the same indicator before.
refusal-marked-twice-next = Leave one mark only.
refusal-withdraw-too-late = { $candidate } cannot withdraw any more: it has done so, or the result is ratified.
refusal-withdraw-too-late-next = After ratification the committee revokes.
refusal-no-panel = { $contest } has indicators that jurors mark, but there is no juror.
refusal-no-panel-next = Fill panel.csv for this round.
refusal-marks-missing =
    Judging of { $contest } cannot be closed yet: { $count ->
        [1] 1 sheet is
       *[other] { $count } sheets are
    } not complete ({ $named }).
refusal-marks-missing-next = Ask for the marks, note abstained, or let the chair decide waive_absence with a reason.
refusal-marks-missing-one = { $juror } for { $candidate }
refusal-quorum = { $candidate }: only { $there } jurors marked or abstained; the quorum is { $quorum }.
refusal-quorum-next = Ask the missing jurors for their marks; a waived absence does not fill the quorum.
refusal-correct-ratified = The mark of juror { $juror } for { $candidate } ({ $indicator }) cannot be corrected: the result is ratified.
refusal-correct-ratified-next = Later changes need an objection.
refusal-correct-other-mark = The old mark of juror { $juror } for { $candidate } ({ $indicator }) is not the one on record.
refusal-correct-other-mark-next = Write the mark that stands in marks.csv as the old one.
refusal-judging-open = { $contest } cannot be counted: its judging is not closed.
refusal-judging-open-next = Close judging first.
refusal-count = { $contest } cannot be counted: { $reasons }.
refusal-count-next = Supply what is named, then run again.
refusal-count-reason = { $candidate }, { $node }: { $why }
refusal-count-claim-unverified = { $claim } of { $candidate } is not verified: fill verified and verifier in claims.csv
refusal-count-claim-struck = { $claim } of { $candidate } was struck, but there must be a figure
refusal-count-claim-missing = { $claim } of { $candidate } has no figure: add a row to claims.csv
refusal-count-list-missing = { $candidate }, { $node }: nothing is said of { $list }; add its rows ({ $id }) to items.csv, or 0 in claims.csv if it has none
refusal-count-nobody-came = nobody came for { $candidate }, and the rulebook does not say what that does to { $node }
refusal-count-nobody-came-next = Give the aspect of this indicator attendance, or the indicator missing = zero or skip, in the rulebook. Or correct attendance.csv.
refusal-count-no-ratio = { $claim } of { $candidate } is { $value }, so { $node } cannot be worked out
refusal-count-no-ratio-next = Correct the figure in claims.csv. If it is right, write the candidate and the indicator with the reason in not_applicable.csv.
refusal-count-over-one = { $candidate }, { $node }: { $numerator } is { $above }, more than { $denominator }, which is { $below }
refusal-count-over-one-next = Correct the figures in claims.csv. If the share can be above 100%, let the rulebook say so: over_one = "cap" or "allow" at this indicator.
refusal-count-lot-broken = the secret of the lot of the level { $level } is not the one that was committed to
refusal-count-lot-broken-next = Write the secret in cycle.toml letter by letter as it was when its commitment was made: printf %s "SECRET" | sha256sum must give the commitment.
and-more = and { $count } more
contest-open = Not counted yet. { $why } { $next }
refusal-change = The change cannot be made in { $contest }: { $why }.
refusal-change-next = Check the names.
refusal-award-not-named = The award { $award } is not given by name in this contest, so it cannot be given to { $candidate }.
refusal-award-not-named-next = Only awards of this contest with named = true are given by name.
refusal-ordered-before = { $candidate } already stands in an earlier order: { $earlier }.
refusal-ordered-before-next = Put each tie in order once: write one order with everybody who is tied, and delete the other.
refusal-award-out = { $candidate } withdrew, was disqualified or was not admitted, and cannot be given the award { $award }.
refusal-award-out-next = Delete this row, or give the award to somebody who is in the running.
refusal-not-counted = { $contest } has not been counted.
refusal-not-counted-next = Count it first.
refusal-not-ratified = The plenary has not ratified the result of { $contest }.
refusal-not-ratified-next = Ratify it first.

## Why a count is refused (codes of docs/specification.md)
count-code-duplicate-id = an id stands twice
count-code-unknown-entry = unknown candidate
count-code-unknown-juror = unknown juror
count-code-unknown-node = unknown indicator
count-code-bad-tree = the scheme is not well formed
count-code-bad-weights = wrong weights
count-code-bad-bands = bands do not rise
count-code-bad-scale = wrong scale
count-code-bad-range = wrong range
count-code-bad-method = wrong method
count-code-bad-mark = a mark out of range or off the step
count-code-duplicate-mark = a mark stands twice
count-code-recused-mark = a recused juror marks
count-code-bad-formula = wrong formula
count-code-formula-loop = formulas need each other
count-code-duplicate-claim = a figure is both computed and stated
count-code-bad-lot = wrong lot
count-code-broken-commitment = the lot's secret is not the one committed to
count-code-bad-cut = wrong cut
count-code-bad-award = wrong award
count-code-missing-value = a required figure is missing or not verified
count-code-bad-ratio = a ratio with a negative number or by zero
count-code-ratio-over-one = a ratio above 100% must be explained first
count-code-bad-growth = growth from nothing
count-code-division-by-zero = division by zero
count-code-unknown-item = a kind, stage or attribute of an item is not in the table
count-code-unknown-rank = the rank of who came is not in the table
count-code-attendance-pending = attendance is not recorded, or the interview must be held again
count-code-too-large = a number in this count has grown beyond 4096 bits; check formulas and claims
change-refused-unknown-entry = that candidate does not stand here
change-refused-unknown-juror = that juror is not on the panel
change-refused-unknown-node = there is no such indicator or aspect here
change-refused-unknown-item = the candidate has no such item
change-refused-recused = the juror is recused from this candidate
change-refused-no-cut = this contest has no quota

## What became of a candidate
sentence-advances = Ranked { $place }, quota { $quota }: goes up.
sentence-wins = Ranked { $place }, quota { $quota }: wins.
sentence-ranked = Ranked { $place }.
sentence-below = Ranked { $place }, quota { $quota }, { $gap } short; { $enough }.
sentence-below-tied = Ranked { $place }, quota { $quota }: the total equals the line, decided by { $rung }; { $enough }.
sentence-below-passed-over = Ranked { $place }, quota { $quota }: passed over because of a tie decided otherwise or a cap per region.
sentence-below-nobody = Ranked { $place }, quota { $quota }: nobody goes up from here.
sentence-reserve = Reserve { $number }, moves up if somebody cannot. { $rest }
sentence-below-minimum = Ranked { $place }: the total { $total } is below the minimum { $minimum }; { $enough }.
sentence-region-cap = Ranked { $place }, quota { $quota }: its region has already sent the most it may, { $cap }.
sentence-undecided = Ranked { $place }, quota { $quota }: tied across the line with { $others } and not decided yet; { $next }.
undecided-plenary = the plenary decides the order (plenary_order)
undecided-ladder = the chair or the plenary decides the order (chair_order, plenary_order)
undecided-chair = the chair decides the order (chair_order)
undecided-lot = the lot is missing: [[lot]] in cycle.toml with level, commitment, secret and words
undecided-then-lot = { $first }; what is tied then is for the lot, and { $lot }
undecided-chair-left-out = the chair's order (chair_order) counts only if it names all who are tied, and leaves out { $names }
undecided-plenary-left-out = the plenary's order (plenary_order) counts only if it names all who are tied, and leaves out { $names }
undecided-nothing = the rulebook has no further step that could decide it
sentence-withdrawn = Withdrew: { $reason }
sentence-disqualified = Disqualified by: { $gates }.
sentence-excluded = Did not come to the interview and by the rules is therefore not ranked.
sentence-unscored = Has no points at all.
sentence-late = The dossier came at { $at }, after the deadline { $deadline }: not admitted.
moment = { $day }, { $time }
sentence-incomplete = The dossier was not complete: not admitted.
sentence-not-handed-in = No dossier was handed in: not admitted.
enough-advance = would advance if { $indicator } were at least { $points }
enough-advance-points = would advance if the points for { $indicator } were at least { $points }
enough-advance-band = would advance if { $indicator } were at least { $raw }, which gives { $points } points
enough-win = would win if { $indicator } were at least { $points }
enough-win-points = would win if the points for { $indicator } were at least { $points }
enough-win-band = would win if { $indicator } were at least { $raw }, which gives { $points } points
enough-none-advance = no single indicator would be enough to advance
enough-none-win = no single indicator would be enough to win
rung-node = the points for { $node }
rung-fewer-corrections = fewer corrections
rung-chair = the chair's decision
rung-plenary = the plenary's decision
rung-lot = the lot
rung-none = nothing
tie-separated = { $first } and { $second } are tied ({ $total }); separated by { $rung }.
tie-shared = { $first } and { $second } are tied ({ $total }) and share the place.

## Warnings and what stands beside the result
adjusted-agrees = Marks missing by recusal, abstention or absence do not change who advances (additive fit: { $names }).
adjusted-disagrees = Attention: with the strictness of missing jurors taken out, those who advance would be { $names }. Discuss it before the plenary ratifies.
adjusted-not-possible = The additive fit is not possible: at { $node } jurors and candidates do not hang together.
warning-no-acting-chair = The chair is recused from { $candidate }, and the rulebook allows no acting chair.
warning-few-marks = { $candidate }: only { $counted } marks are counted; at least { $least } are thought sufficient.
warning-not-heard = { $candidate } did not come to the interview, so it has no marks from it.
warning-undecided = { $names } are tied across the line: nobody of them goes up until it is decided.
warning-undecided-top = { $names } are tied across the line: nobody of them wins until it is decided.
warning-reserve-moved-up = { $candidate } moved up to { $contest } as the next reserve, because { $instead-of } withdrew there.
warning-invited = { $contest }: { $called } candidates were called to the interview; the rulebook calls { $invited }.
warning-leader = { $candidate } was represented by { $rank }; the rulebook asks for { $leader }.
warning-officials = { $candidate } came with { $came } officials; the rulebook asks for { $least }.
warning-absent-without-rule = Nobody came for { $candidate }, and the rulebook does not say what that does to { $indicators }: marks that are there count. To say it, give the aspect attendance, or the indicator missing.
warning-seat-office = The seat { $seat } is for { $offices }; { $juror } is "{ $office }".
without-changes-nothing = Without the marks of { $juror }, the order stays ({ $contest }; advancing: { $names }).
without-changes-order = Without the marks of { $juror }, the order in { $contest } changes, but those who advance stay: { $names }.
without-changes-who = Without the marks of { $juror }, those who advance from { $contest } would be { $names }.
without-not-possible = Without the marks of { $juror }, this contest cannot be counted.
data-published = data from sources
data-mixed = partly example data ("data contoh")
data-invented = example data ("data contoh")

## Explanations
explain-nobody = There is no candidate "{ $query }".
explain-nobody-near = There is no candidate "{ $query }". Did you mean: { $near }?
explain-several = "{ $query }" fits several candidates: { $candidates }.
explain-open = Not counted yet.
explain-contest = { $level }, { $category }
explain-contest-region = { $level } { $region }, { $category }
explain-cut = Rule: quota { $quota }, reserves { $reserves }
explain-gate = Gate { $gate } ({ $test }): { $passed }
explain-gate-yes-no = Gate { $gate } (must be { $value }, is { $raw }): { $passed }
explain-gate-unsaid = Gate { $gate } (must be { $value }): { $passed }
word-yes = yes
word-no = no
gate-passed = passed
gate-failed = failed
gate-open = cannot be decided
test-at-least = at least { $value }
test-at-most = at most { $value }
test-equals = must be { $value }
explain-total = Total
explain-part = { $name } (weight { $weight })
explain-bonus = Bonus: { $name }
explain-penalty = Penalty: { $name }
explain-juror = Juror { $juror }
claim-not-verified = { $claim }: claimed { $claimed } (as of { $as-of }), not verified
claim-corrected = { $claim }: claimed { $claimed }, verified as { $verified } by { $by } (as of { $as-of }), because: { $reason }
claim-given = { $claim }: { $verified }, established by { $by } (as of { $as-of })
claim-verified = { $claim }: { $verified }, as claimed, verified by { $by } (as of { $as-of })
claim-missing = { $claim }: no figure
claim-derived = { $claim } (computed from other claims)
claim-history = { $claim }: from past winners
claim-carried-total = Total carried up from { $level }
claim-carried-place = Place carried up from { $level }
item-counted = { $title }: { $kind } ({ $kind-points }) × { $stage } ({ $factor }){ $with }
item-not-counted = { $title }: { $kind } ({ $kind-points }) × { $stage } ({ $factor }){ $with }: { $worth }, not counted, as at most { $most ->
    [1] 1 counts
   *[other] { $most } count
}
item-attributes = , with { $attributes }
item-struck = { $title }: not accepted, because: { $reason }
step-derived = { $name } = { $formula }
step-claims-missing = A figure is missing
step-formula = Formula: { $formula }
step-ratio = { $numerator } / { $denominator }
step-ratio-capped = { $numerator } / { $denominator } = { $ratio }, counted as 1 at most
step-growth = From { $from } to { $to }
step-checklist =
    { $count ->
        [1] 1 item
       *[other] { $count } items added up
    }
step-checklist-best =
    { $count ->
        [1] The best of { $of } items
       *[other] The best { $count } of { $of } items, added up
    }
step-stated = Points stated by a source
step-rank = Who came: { $rank }
step-rank-absent = Nobody came
step-rank-none = Attendance is not recorded
step-marks = { $counted } of { $of } jurors counted, { $method }
step-panel = The sheets of { $counted } of { $of } jurors counted, { $method }
method-mean = mean
method-median = median
method-trimmed = mean without the { $drop } highest and lowest
mark-given = { $juror }
mark-left-out = { $juror }: left out (highest or lowest)
mark-abstained = { $juror }: abstained
mark-recused = { $juror }: recused
mark-absent = { $juror }: absent
mark-not-applicable = { $juror }: not applicable
step-not-applicable-skip = Does not apply ({ $reason }); its weight is shared by the others
step-not-applicable-zero = Does not apply ({ $reason }); counts as 0
step-relative = { $own } against the best, { $best }
step-missing-zero = Missing; counts as 0
step-missing-skip = Missing; its weight is shared by the others
step-missing-refuse = Missing, though it must be there
step-times = { $raw } × { $factor }
step-band = { $raw } reaches the band from { $reached }
step-band-below = { $raw } is below the first band
step-line = { $raw } on the straight line from { $from } ({ $points-from } points) to { $to } ({ $points-to } points)
step-mean = weighted sum { $sum } ÷ weights { $weight }
step-mean-without = weighted sum { $sum } ÷ weights { $weight }, without { $without }
step-sum = Added up
step-sum-without = Added up, without { $without }
step-nothing = No part has points
step-bonus = Plus { $name }
step-penalty = Minus { $name }
step-attended = { $before } × { $factor } because of who came: { $rank }
step-absent-zero = Nobody came: 0
step-absent-skip = Nobody came: its weight is shared by the others
step-absent-exclude = Nobody came: not ranked
step-absent-refuse = Nobody came: must be held again
step-floor = { $before } raised to the floor
step-cap = { $before } lowered to the cap
step-rounded = { $before } rounded to { $places } decimals
step-refused = Cannot be counted: { $why }
step-not-heard = The interview did not take place

## What if
what-if-change = The change "{ $change }": { $why }
what-if-form = It is written as weight:NODE=30, claim:CANDIDATE/CLAIM=2500, item:CANDIDATE/LIST/TITLE=enacted, stated:CANDIDATE/INDICATOR=9, mark:JUROR/CANDIDATE/INDICATOR=85, absent:JUROR, attendance:CANDIDATE=RANK (or absent), attendance:ignore, quota:2, minimum:70, withdraw:CANDIDATE.
what-if-kind = The kind of change "{ $kind }" is not known. { $hint }
what-if-unknown = "{ $word }" is not known. { $hint }
what-if-item-out = "{ $title }" is not accepted anyway.
what-if-quota-zero = The quota must be at least 1.
what-if-no-contest = No contest fits.
what-if-no-contest-of = { $candidate } is not counted in a contest that fits.
what-if-cannot = These changes cannot be made together.
what-if-untold-marks = It cannot be told what comes out here: { $names } would need marks.
what-if-untold = It cannot be told what comes out here: { $why }
what-if-untold-below = It cannot be told what comes out here, because it cannot be told who comes up from below.
what-if-place = place { $place } ({ $total }, { $status })
what-if-not-there = not there
what-if-move = { $name }: { $before } becomes { $after }
what-if-same = Those who go up stay the same.
what-if-same-winners = The winners stay the same.
what-if-instead = { $come } would go up instead of { $gone }.
what-if-instead-top = { $come } would win instead of { $gone }.
what-if-also = { $come } would go up too.
what-if-also-top = { $come } would win too.
what-if-no-longer = { $gone } would no longer go up.
what-if-no-longer-top = { $gone } would no longer win.
what-if-nothing = Nothing changes.
what-if-changed-nobody = Nobody else goes up or wins.
what-if-changed-one = In one contest somebody else goes up or wins.
what-if-changed = In { $count } contests somebody else goes up or wins.
what-if-above-one = One contest above changes in consequence.
what-if-above = { $count } contests above change in consequence.
what-if-cannot-tell-one = In one contest it cannot be told what comes out.
what-if-cannot-tell = In { $count } contests it cannot be told what comes out.
status-advances = goes up
status-wins = wins
status-below = below the line
status-below-minimum = below the minimum
status-region-cap = held back by the region cap
status-undecided = undecided
status-ranked = ranked
status-withdrawn = withdrawn
status-disqualified = disqualified
status-excluded = not ranked, as it did not come
status-unscored = without points
status-not-admitted = not admitted
status-reserve = reserve { $number }
refusal-erase-no-commitment = `{ $commitment }` is no commitment of a personal text.
refusal-erase-no-commitment-next = Take the commitments that the search for a person's texts shows.
refusal-erase-list = Between 1 and { $most } texts are erased with one act, each named once.
refusal-erase-list-next = Take out what stands twice, or erase in several acts.
refusal-erase-reason = An erasure needs a reason of at most { $most } characters, on one line.
refusal-erase-reason-next = Give the number or the day of the request; write no name.
refusal-only-from-files = Somebody who is signed in does not do “{ $deed }”: it sums up in one row of a file what people do step by step.
refusal-only-from-files-next = Take the steps one by one: nominate and consent, hand in documents, check claims with evidence, hand in versions of sheets, close judging at a position of the journal, announce by two.
