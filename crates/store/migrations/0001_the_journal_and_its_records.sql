-- One SQL text for SQLite and PostgreSQL: TEXT, BIGINT and BOOLEAN only; instants as UTC text and exact numbers as text, both made by the
-- program; nothing is ever counted or ordered by a number here. What is missing is the empty text, so that every column can stand in a key.

-- Rulebooks as they were sealed, by the SHA-256 of their text.
create table rulebook (
    hash text not null primary key,
    body text not null
);

-- Editions of the award, each with the rulebook that it follows.
create table edition (
    id text not null primary key,
    rulebook text not null references rulebook (hash),
    opened_at text not null
);

-- The chains of an edition. Whoever appends first takes the next position here, which keeps everybody else waiting until that is done.
-- `edge` holds the hashes at the right edge of the tree, so that appending reads nothing else.
create table chain (
    edition text not null references edition (id),
    chain text not null,
    position bigint not null,
    edge text not null,
    primary key (edition, chain)
);

-- One row for each act in each chain that it touches: never changed, never deleted.
create table leaf (
    edition text not null,
    chain text not null,
    position bigint not null,
    act text not null,
    recorded_at text not null,
    actor text not null,
    deed text not null,
    contest text not null,
    candidate text not null,
    bytes text not null,
    primary key (edition, chain, position),
    foreign key (edition, chain) references chain (edition, chain)
);
create unique index leaf_by_act on leaf (act, chain);
create index leaf_by_actor on leaf (edition, actor);

-- Every complete node of each chain's tree, so that a proof is found in as many steps as the tree is high.
create table node (
    edition text not null,
    chain text not null,
    level bigint not null,
    place bigint not null,
    hash text not null,
    primary key (edition, chain, level, place)
);

-- What stands now: the state cut into records. `born` and `turn` say when a record was first written, `version` which position of its
-- chain wrote it last. The journal folds to exactly these rows.
create table record (
    edition text not null,
    contest text not null,
    candidate text not null,
    noun text not null,
    name text not null,
    chain text not null,
    born bigint not null,
    turn bigint not null,
    version bigint not null,
    body text not null,
    primary key (edition, contest, candidate, noun, name)
);
create index record_by_candidate on record (edition, candidate, noun);
create index record_by_chain on record (edition, chain, noun);
create index record_by_noun on record (edition, noun, contest);

-- Personal values and the salts of their commitments, the only place where they stand. Erasing empties value and salt; the commitment
-- stays, and so does every leaf.
create table personal (
    edition text not null,
    commitment text not null,
    subject text not null,
    field text not null,
    value text not null,
    salt text not null,
    erased boolean not null,
    primary key (edition, commitment)
);
create index personal_by_subject on personal (edition, subject, field);

-- Signed tree heads.
create table checkpoint (
    edition text not null,
    chain text not null,
    size bigint not null,
    recorded_at text not null,
    note text not null,
    primary key (edition, chain, size)
);

-- What became of the signing keys; their secrets are never here.
create table signing_key (
    turn bigint not null primary key,
    event text not null
);

-- Files that acts refer to, by the SHA-256 of their content. What is not kept here has no size and no kind. `recorded_at` is that of the
-- act that named it first, or with which it came.
create table file (
    hash text not null primary key,
    kept boolean not null,
    size bigint not null,
    kind text not null,
    recorded_at text not null
);

-- Which act refers to which file.
create table file_use (
    edition text not null,
    hash text not null,
    act text not null,
    primary key (edition, hash, act)
);
create index file_use_by_hash on file_use (hash);

-- Who was shown whose personal texts, when, where and why; outside the journal. The lines of one look have one id.
create table access (
    edition text not null,
    id text not null,
    accessed_at text not null,
    reader text not null,
    subject text not null,
    field text not null,
    page text not null,
    why text not null,
    primary key (edition, id, subject, field)
);
create index access_by_subject on access (edition, subject, accessed_at);
create index access_by_reader on access (edition, reader, accessed_at);
