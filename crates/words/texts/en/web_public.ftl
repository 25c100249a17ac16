web-menu-rules = Rules
web-menu-calendar = Calendar
web-menu-panels = Panels
web-menu-results = Results
web-trail = Where this page stands
web-and = and
web-rules-title = The rules in plain words
web-rules-what = This page is written straight from the rulebook that holds, clause by clause. Numbers marked as an assumption are stated by no source and are not official.
web-rules-sealed = Sealed
web-rules-proposed = Waiting for the second person's seal
web-rules-unsealed = Not sealed
web-rules-sealed-by = Sealed by two people:
web-rules-proposed-by = Seal proposed by
web-rules-unsealed-why = Nobody has proposed a seal for this edition.
web-rules-download = Download the rulebook (TOML)
web-rules-contents = On this page
web-rules-text = The text that holds
web-rules-seal = Seal
web-rules-assumptions = Assumptions
web-rules-assumptions-what = clauses hold an assumption
web-rules-hash-what = The fingerprint of the text. If the text that you download has the same fingerprint, it is the same to the letter.
web-rules-note = Source number { $count }
web-rules-notes = Sources
web-rules-mark = assumption
web-rules-assumption-what = No source states it; we set it so that the count can be done.
web-results-title = Results
web-results-what = Who was nominated and who won, by level, region and category. The whole standing and its reasons are shown once the result is published.
web-results-level = Level
web-results-category = Category
web-results-any = All
web-results-show = Show
web-results-found = Results of your choice
web-results-none = Nobody has entered here yet
web-results-none-next = Choose another level or category, or see the calendar for when it is judged.
web-results-nobody = Nobody is chosen yet.
web-results-rounds = Choose a region to see its results.
web-step-nomination = nomination
web-step-dossiers = dossiers coming in
web-step-verification = verification
web-step-judging = being judged
web-step-closed = judging closed
web-step-counted = counted
web-step-ratified = ratified
web-step-locked = locked
web-step-published = objections may come
web-step-announced = announced
web-status-wins = Winner
web-status-advances = Goes up a level
web-status-reserve = Reserve
web-status-undecided = Not decided yet
web-status-ranked = Ranked
web-status-region-cap = Region's places are taken
web-status-below-minimum = Below the minimum
web-status-below = Below the cut
web-status-out = Out
web-contest-entered = { $count } candidates.
web-contest-quota = Quota: at most { $count } go up to the next level.
web-contest-quota-win = Quota: at most { $count } winners.
web-contest-result = Result no. { $count }
web-contest-winners = The winners
web-contest-advance = Those who go up a level
web-contest-place = Place { $count }
web-contest-veiled = The result cannot be seen yet
web-contest-provisional = Provisional result
web-contest-provisional-what = Candidates may still object. The result stands once it is announced.
web-contest-standing = The whole standing
web-contest-standing-what = Highest total first; the dashed line marks the cut
web-contest-cut = The cut
web-contest-empty = No count yet
web-contest-empty-next = The standing appears here once judging is closed and counted.
web-contest-outside = Without a place
web-contest-titles = Awards and titles
web-contest-title-free = nobody yet
web-col-place = Place
web-col-candidate = Candidate
web-col-pool = Pool
web-col-total = Total
web-col-jurors = Jurors counted
web-col-status = Status
web-round-title = Round
web-round-what = A round of the level { $what }: how far it is, who judges, and what came out.
web-round-steps = Steps of this round
web-round-contests = Contests without a published result
web-round-contests-what = Each category with its step and how many stand in it
web-round-none-next = Candidates appear here once their dossiers are in. The calendar stands below.
web-round-all-days = The calendar of all rounds
web-round-all-panels = The panels of all rounds
web-days-late = { $count ->
    [1] 1 day late
   *[other] { $count } days late
 }
web-days-early = { $count ->
    [1] 1 day early
   *[other] { $count } days early
 }
web-panels-title = Judging panels
web-panels-what = Who judges in each round, from which office, and by which decree (SK). Empty seats are shown too.
web-panels-seated = { $count ->
    [1] 1 seat filled
   *[other] { $count } seats filled
 }
web-panels-none = No panel yet
web-panels-none-next = Panels appear here once they are appointed by decree.
web-panels-round = Open the page of this round
web-panel-seat = Seat
web-panel-name = Name
web-panel-office = Office
web-panel-decree = Decree
web-panel-chair = chair
web-panel-no-decree = no number on record
web-panel-all-by = All sit on the panel by decree
web-panel-free = { $count } empty seats
web-panel-nameless = name not shown
web-calendar-title = Calendar
web-calendar-what = What was planned and what took place, round by round. Where something slipped, the difference is told.
web-calendar-file = Download for your calendar (.ics)
web-calendar-none = No calendar yet
web-calendar-none-next = The calendar appears here once the committee sets it in the rulebook.
web-calendar-line = The course of this edition
web-calendar-was-planned = planned at first: { $what }
web-calendar-late = Behind their plan
web-calendar-late-rounds = { $count } rounds
web-calendar-by-round = Round by round
web-calendar-event = Event
web-calendar-planned = Planned
web-calendar-actual = Took place
web-calendar-slipped = Difference
web-calendar-moved = now { $what }
web-calendar-on-time = as planned
web-candidate-ranked = candidates with a place
web-candidate-no-count = There is no count at this level yet.
web-candidate-standing = See the whole standing
web-candidate-rules = Read the rules
web-points-title = Where the total comes from
web-points-what = The total is made of these parts, each with its weight. What each juror gave and the candidate's dossier are not shown to the public. Numbers are rounded to two decimals here; the count uses them in full.
web-points-weight = weight { $what }
web-points-added = added
web-points-taken = taken off
web-points-none = no points
web-results-closed = { $count } other regions are not open yet.
web-contest-no-pool = Outside the zones
web-contest-recount = Recount it yourself
web-contest-recount-how = The file holds the points of each part, the weights, the rule of the cut and how ties are broken, without what each juror gave. Run:
web-contest-recount-file = Download the count document (JSON)
web-home-results = See all results
web-rules-mark-all = all of it assumption
web-status-would-win = Would win if this result stands
web-status-would-advance = Would go up if this result stands
web-contest-titles-provisional = Awards and titles that would be given
web-contest-titles-provisional-what = Nothing is given yet: objections can still change the order.
web-outcome-provisional-see = See the provisional result
web-days-back = { $count ->
    [1] moved back by 1 day
   *[other] moved back by { $count } days
 }
web-days-forward = { $count ->
    [1] moved forward by 1 day
   *[other] moved forward by { $count } days
 }
web-calendar-reached = took place in { $count } of { $of } rounds
web-results-none-held = { $count ->
    [1] 1 other region held no round in this edition.
   *[other] { $count } other regions held no round in this edition.
 }
web-rules-sources-of = Sources of this part:
web-step-not-opened = not opened
web-step-interview = interviews
web-tone-1 = nomination and dossiers
web-tone-2 = verification and interviews
web-tone-3 = judging
web-tone-4 = counted, up to objections
web-day-ahead = still ahead
web-day-awaited = not on record yet
web-day-over = is over
web-day-unrecorded = not put on record
web-calendar-choose = Choose a round
web-contest-quota-pool = Quota: at most { $count } of each pool go up to the next level.
web-contest-quota-win-pool = Quota: at most { $count } winners in each pool.
web-contest-expected = The announcement is planned for { $what }.
web-results-missed = Nobody reached the minimum of { $what }.
web-results-nobody-in-the-end = Nobody was chosen.
web-results-regions = { $count ->
    [1] 1 region
   *[other] { $count } regions
}
web-results-without = Open, with no candidates yet:
web-panels-without = Rounds in which no seat is taken yet:
web-bench = { $count } of { $of }
web-bench-all = { $count }
web-bench-recused = { $count } with a conflict of interest
web-bench-absent = { $count } not there
web-bench-others = { $count } without a mark
web-points-brings = { $share } % × { $points } = { $brought }
web-refused-sent = This was not accepted
web-to-back = Back
web-style-desk = The candidate's desk
