-- Who may sign in, and with which roles, as the office writes it down; one row for each person, outside the journal, for an account belongs to
-- no edition. `version` says which of its events made it what it is.
create table account (
    person text not null primary key,
    version bigint not null,
    body text not null
);

-- What was done to accounts, by whom: only ever appended, without anything that tells who a person is.
create table account_event (
    person text not null,
    version bigint not null,
    recorded_at text not null,
    actor text not null,
    event text not null,
    primary key (person, version)
);

-- Invitations by the SHA-256 of their code, which itself is never kept; each is taken once.
create table invitation (
    hash text not null primary key,
    person text not null references account (person),
    until text not null,
    taken_at text not null
);

-- Letters that wait to be sent, written in the transaction of the act that they tell of, so that no letter tells of what did not happen.
-- A worker takes a letter until an instant; whoever dies with it loses it then to another. It holds ids, never names or addresses.
create table letter (
    id text not null primary key,
    edition text not null,
    body text not null,
    made_at text not null,
    due_at text not null,
    tries bigint not null,
    taken_by text not null,
    taken_until text not null,
    ended_at text not null,
    outcome text not null
);
create index letter_by_due on letter (ended_at, due_at);
