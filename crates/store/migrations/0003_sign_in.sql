-- The ways in, and who is in. No secret that opens anything stands here but that of the authenticator, which both sides must know: of
-- passwords, links, recovery codes and cookies there are only hashes. All of it is outside the journal, as accounts are.

-- What somebody types: a slow hash with its own salt and parameters, as one text ($argon2id$…).
create table password (
    person text not null primary key references account (person),
    hash text not null,
    set_at text not null
);

-- The authenticator of a person's telephone. `secret` counts, once a code of it was given; `pending` was shown and waits for its first code.
-- `step` is the last half minute of which a code was taken: none of it or before is taken again.
create table second_step (
    person text not null primary key references account (person),
    secret text not null,
    step bigint not null,
    pending text not null,
    enrolled_at text not null
);

-- Codes on paper for whoever lost the telephone, by hash; each is taken once.
create table recovery_code (
    hash text not null primary key,
    person text not null references account (person),
    taken_at text not null
);
create index recovery_code_by_person on recovery_code (person);

-- Links that let somebody in without a password, by the hash of their secret; each is taken once, and all others of that person end with it.
create table sign_in_link (
    hash text not null primary key,
    person text not null references account (person),
    until text not null,
    taken_at text not null
);
create index sign_in_link_by_person on sign_in_link (person);

-- Who is in, by the hash of the cookie. `second_at` is when the second step was done, empty before.
create table sign_in (
    hash text not null primary key,
    person text not null references account (person),
    made_at text not null,
    seen_at text not null,
    second_at text not null,
    browser text not null,
    ended_at text not null
);
create index sign_in_by_person on sign_in (person);

-- How often somebody guessed wrong in vain: at an account, or from an address, both by hash. Old rows are swept.
create table guess (
    whom text not null primary key,
    failures bigint not null,
    last_at text not null
);
