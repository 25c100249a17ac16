# Who goes up, who is who, and who acts for whom.

refusal-closed-above = { $candidate } cannot go up from { $contest } any more: judging of { $above } is closed.
refusal-closed-above-next = That round goes on with whom it has; only an objection or a revocation there changes its result.
refusal-stands-above = { $candidate } cannot be taken out of { $contest }: it still stands in { $above }, where judging is closed.
refusal-stands-above-next = Let it withdraw there, or revoke there first; then do this again.
