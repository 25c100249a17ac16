-- Whoever works on a dossier asks each time who changed what on it: found without going through every act of its round.
create index leaf_by_candidate on leaf (edition, candidate);
