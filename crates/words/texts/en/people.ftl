# Who goes up, who is who, and who acts for whom.

refusal-closed-above = { $candidate } cannot go up from { $contest } any more: judging of { $above } is closed.
refusal-closed-above-next = That round goes on with whom it has; only an objection or a revocation there changes its result.
refusal-stands-above = { $candidate } cannot be taken out of { $contest }: it still stands in { $above }, where judging is closed.
refusal-stands-above-next = Let it withdraw there, or revoke there first; then do this again.
refusal-no-standing-letter = { $delegate } has no letter that stands on { $day } to act for { $person } in this round.
refusal-no-standing-letter-next = Have the secretariat record the letter with its days, or let the person act in person.
refusal-juror-untied = { $juror } is tied to nobody who is entered.
refusal-juror-untied-next = Enter the person, and name it with the appointment.
refusal-seat-of-another = { $person } does not sit as the juror { $juror }.
refusal-seat-of-another-next = Let the person do it who sits there, or an aide with a term write it down.
refusal-person-seated = { $person } sits on this panel already, as the juror { $juror }, in the same days.
refusal-person-seated-next = Appoint somebody else, or let the term there end first.
refusal-juror-is-aide = { $person } writes for the juror { $juror } in these days and cannot sit on the panel.
refusal-juror-is-aide-next = Appoint somebody else, or let the aide's term end first.
refusal-organisation-untold = { $candidate }: which organisation of the register it is, is not told.
refusal-organisation-untold-next = Enter the organisation in the register and name it, so that it enters the edition once.
refusal-deadline-counts = { $event }: { $deadline } counts already until { $day } and is not moved by a day of the calendar.
refusal-deadline-counts-next = The chair or the central committee moves a deadline, for a reason.
refusal-deadline-past = { $event }: by this day { $deadline } would have ended on { $day }, before anybody was told.
refusal-deadline-past-next = Name a day by which the deadline is still to come.
refusal-disqualification-proposed = The disqualification of { $candidate } in { $contest } is proposed already.
refusal-disqualification-proposed-next = Let somebody else confirm it.
refusal-disqualification-not-proposed = Nobody has proposed to disqualify { $candidate } in { $contest }.
refusal-disqualification-not-proposed-next = Propose it first, with a reason and evidence; then somebody else confirms.
refusal-withdraw-own = Judging is closed: only { $candidate } itself can withdraw now.
refusal-withdraw-own-next = Let whoever acts for the candidate withdraw it; a disqualification takes two people.
