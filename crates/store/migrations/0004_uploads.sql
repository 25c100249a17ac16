-- Files on their way in, by the id of the upload: who sends what for which item of whose checklist, so that it can go on after a restart, at
-- another node, and be counted before more is taken. `state` is `open` while bytes come, `unchecked` while a scanner has not looked, `ready`
-- when it can be handed in, `handed` when it was. What was refused or given up is gone from here.
create table upload (
    id text not null primary key,
    edition text not null,
    contest text not null,
    candidate text not null,
    document text not null,
    kind text not null,
    name text not null,
    person text not null,
    size bigint not null,
    begun_at text not null,
    state text not null,
    file text not null
);
create index upload_by_candidate on upload (edition, candidate);
create index upload_by_person on upload (person);
