//! The office as people meet it: an account, a role, an act that happens once, and the letter that follows from it.
#![allow(clippy::unwrap_used)]

use crate::house;
use std::sync::Mutex;
use std::time::Duration;

use crate::house::{account, comes, now};
use award::{CandidateId, ContestKey, Deed, Grant, PersonId, Role, Scope, State, decide, permit, plan};
use jiff::SignedDuration;
use office::{Account, Asked, Delivered, Done, Error, Mail, Office, Post, Standing, Undelivered, Worker};
use sqlx::Connection;
use store::{Edition, Request};
use words::Lang;

struct House {
    office: Office,
    edition: Edition,
    _folder: tempfile::TempDir,
}

/// An office with the small year up to the first sheet.
async fn house() -> House {
    house_until(0).await
}

/// An office with the small year, with so many sheets.
async fn house_until(sheets: usize) -> House {
    let (folder, store, edition, cycle) = house::built().await;
    let acts = plan(&cycle, None).into_iter().map(|planned| planned.act);
    let mut left = sheets;
    for (number, act) in acts.enumerate() {
        if matches!(act.deed, Deed::HandInSheet(..)) {
            if left == 0 {
                break;
            }
            left -= 1;
        }
        let id = format!("0192f3a0-0000-7000-8000-{number:012x}");
        let request = Request { id, person: "files".into(), at: now(), act: act.clone(), seen: Vec::new() };
        let decides = |state: &State| permit(&act.actor, &act.deed).and_then(|permit| decide(state, &act, permit));
        store.act(&edition, &request, decides).await.unwrap();
    }
    House { office: Office::new(store), edition, _folder: folder }
}

fn key(number: u32) -> String {
    format!("0192f3a0-0000-7000-9000-{number:012x}")
}

fn refused(done: Done) -> String {
    match done {
        Done::Refused(refusal) => refusal.rule.key().to_owned(),
        other => panic!("it should be refused: {other:?}"),
    }
}

#[tokio::test]
async fn only_an_active_account_acts() {
    let House { office, edition, _folder } = house().await;
    let console = PersonId::from("console");
    let asked = Asked::new("ani", key(1), now());
    let nobody = office.require_lock(&edition, &asked).await.unwrap_err();
    assert_eq!(nobody.message().key(), "office-no-account");

    office.add_user(&console, now(), account("ani")).await.unwrap();
    let invited = office.require_lock(&edition, &asked).await.unwrap_err();
    assert!(matches!(invited, Error::NoAccount { person, .. } if person == "ani"), "she has not come yet");

    let code = office.invite_user(&console, now(), &"ani".into(), [0; 16]).await.unwrap().code;
    assert_eq!(code, "2222-2222-2222-2222");
    assert_eq!(office.take_invitation("2222-2222-2222-2223", now()).await.unwrap(), None, "another code");
    let late = now() + SignedDuration::from_hours(14 * 24) + SignedDuration::from_secs(1);
    assert_eq!(office.take_invitation(&code, late).await.unwrap(), None, "too late");
    assert!(office.take_invitation(&code, now()).await.unwrap().is_some());
    assert_eq!(office.take_invitation(&code, now()).await.unwrap(), None, "it was taken");

    let role = Grant::new(Role::Centre, Scope::default());
    assert_eq!(refused(office.require_lock(&edition, &asked).await.unwrap()), "refusal-not-your-task");
    office.give_role(&console, now(), &"ani".into(), role.clone()).await.unwrap();
    let Done::Recorded(once) = office.require_lock(&edition, &asked).await.unwrap() else { panic!("she may") };
    let Done::Recorded(again) = office.require_lock(&edition, &asked).await.unwrap() else { panic!("it is the same act") };
    assert_eq!((once.again, again.again, &once.positions), (false, true, &again.positions));

    office.disable_user(&console, now(), &"ani".into(), "left the office").await.unwrap();
    let other = Asked::new("ani", key(2), now());
    assert!(matches!(office.require_lock(&edition, &other).await, Err(Error::NoAccount { .. })));
    assert!(matches!(office.invite_user(&console, now(), &"ani".into(), [1; 16]).await, Err(Error::NoAccount { .. })));
    assert!(office.store().verify(&edition).await.unwrap().is_ok());
}

#[tokio::test]
async fn a_retry_is_answered_also_when_the_roles_or_the_account_are_gone_meanwhile() {
    let House { office, edition, _folder } = house().await;
    let console = PersonId::from("console");
    let role = Grant::new(Role::Centre, Scope::default());
    let ani = comes(&office, "ani", std::slice::from_ref(&role)).await;
    let asked = Asked::new("ani", key(1), now());
    let Done::Recorded(once) = office.require_lock(&edition, &asked).await.unwrap() else { panic!("she may") };
    let again = Done::Recorded(store::Recorded { again: true, ..once });

    office.take_role(&console, now(), &ani, &role).await.unwrap();
    assert_eq!(office.require_lock(&edition, &asked).await.unwrap(), again, "without the role");
    let later = office.record_dossiers(&edition, &Asked::new("ani", key(2), now())).await.unwrap();
    assert_eq!(refused(later), "refusal-not-your-task", "a new act needs the role");
    office.disable_user(&console, now(), &ani, "left the office").await.unwrap();
    assert_eq!(office.require_lock(&edition, &asked).await.unwrap(), again, "without the account");
    comes(&office, "budi", &[]).await;
    let budi = office.require_lock(&edition, &Asked::new("budi", key(1), now())).await.unwrap();
    assert_eq!(refused(budi), "refusal-not-your-task", "somebody else learns nothing of the key");
    let other = office.record_dossiers(&edition, &asked).await;
    assert!(matches!(other, Err(Error::NoAccount { .. })), "another deed under the same key: {other:?}");
}

#[tokio::test]
async fn an_invitation_opens_an_account_once_and_ends_with_it() {
    let House { office, _folder, .. } = house().await;
    let (console, ani) = (PersonId::from("console"), PersonId::from("ani"));
    office.add_user(&console, now(), account("ani")).await.unwrap();
    let invite = async |seed| office.invite_user(&console, now(), &ani, [seed; 16]).await.unwrap().code;
    let take = async |code: &str| office.take_invitation(code, now()).await.unwrap().map(|account| account.standing);
    let (first, second) = (invite(1).await, invite(2).await);
    assert_eq!(take(&first).await, Some(Standing::Active));
    assert_eq!(take(&second).await, None, "a second code opens no active account");

    office.disable_user(&console, now(), &ani, "left").await.unwrap();
    office.enable_user(&console, now(), &ani, "came back").await.unwrap();
    let third = invite(3).await;
    office.disable_user(&console, now(), &ani, "left again").await.unwrap();
    office.enable_user(&console, now(), &ani, "came back again").await.unwrap();
    assert_eq!((take(&second).await, take(&third).await), (None, None), "what was made before does not outlive disabling");
    assert_eq!(take(&invite(4).await).await, Some(Standing::Active));
    let events = office.store().account_events("ani").await.unwrap();
    assert_eq!(events.iter().filter(|event| event.event == "\"came\"").count(), 2);
}

#[tokio::test]
async fn who_has_come_is_not_invited_again() {
    let House { office, _folder, .. } = house().await;
    let console = PersonId::from("console");
    let ani = comes(&office, "ani", &[]).await;
    let before = office.store().account_events("ani").await.unwrap();
    let why = office.invite_user(&console, now(), &ani, [9; 16]).await.unwrap_err();
    assert_eq!(why.message().key(), "office-account-active");
    assert_eq!(office.store().account_events("ani").await.unwrap(), before, "and nothing is on record of it");
    office.disable_user(&console, now(), &ani, "lost the way in").await.unwrap();
    office.enable_user(&console, now(), &ani, "lost the way in").await.unwrap();
    assert!(office.invite_user(&console, now(), &ani, [9; 16]).await.is_ok());
}

#[tokio::test]
async fn an_account_ends_once_for_a_reason_and_the_log_of_all_is_in_order() {
    let House { office, _folder, .. } = house().await;
    let console = PersonId::from("console");
    let why = |result: office::Result<Account>| result.unwrap_err().message().key().to_owned();
    let (budi, ani) = (comes(&office, "budi", &[]).await, comes(&office, "ani", &[]).await);
    for reason in ["", " ", "a\nb", &"x".repeat(1_001)] {
        assert_eq!(why(office.disable_user(&console, now(), &ani, reason).await), "office-account-reason");
    }
    assert_eq!(why(office.enable_user(&console, now(), &ani, "7").await), "office-account-enabled");
    let later = now() + SignedDuration::from_secs(1);
    office.disable_user(&console, later, &ani, &"x".repeat(1_000)).await.unwrap();
    assert_eq!(why(office.disable_user(&console, later, &ani, "again").await), "office-account-disabled");
    office.forget_user(&console, later, &ani).await.unwrap();
    assert_eq!(why(office.enable_user(&console, later, &ani, "7").await), "office-account-erased");

    let told = |log: Vec<office::AccountDone>| {
        log.into_iter().map(|done| (done.person.to_string(), done.by.to_string())).collect::<Vec<_>>()
    };
    let pair = |person: &str, by: &str| (person.to_owned(), by.to_owned());
    let own =
        [pair("ani", "console"), pair("ani", "console"), pair("ani", "ani"), pair("ani", "console"), pair("ani", "console")];
    assert_eq!(told(office.account_log(Some(&ani)).await.unwrap()), own);
    let all = told(office.account_log(None).await.unwrap());
    let first = [&own[..3], &[pair("budi", "console"), pair("budi", "console"), pair("budi", "budi")], &own[3..]].concat();
    assert_eq!(all, first, "by time, and of one time by person");
    assert_eq!(office.account_log(Some(&budi)).await.unwrap().len(), 3);
    assert!(matches!(office.account_log(Some(&"nobody".into())).await, Err(Error::NoAccount { .. })));
}

#[tokio::test]
async fn whoever_lists_accounts_is_on_record() {
    let House { office, _folder, .. } = house().await;
    comes(&office, "ani", &[]).await;
    let reader = store::Reader { person: "console".into(), at: now(), page: "user list".into(), why: "Permintaan 7".into() };
    let users = office.users_shown(&reader).await.unwrap();
    assert_eq!(users, office.users().await.unwrap());
    let lines = office.store().accesses_to_accounts(&store::WantedAccess::default(), 9).await.unwrap();
    let told: Vec<_> = lines.iter().map(|line| (line.subject.as_str(), line.field.as_str(), line.why.as_str())).collect();
    assert_eq!(told, [("account:ani", "email", "Permintaan 7"), ("account:ani", "name", "Permintaan 7")]);
}

#[tokio::test]
async fn who_may_not_act_or_not_read_marks_is_not_shown_what_changed() {
    let house = house_until(1).await;
    let (contest, _) = entry(&house).await;
    let parts = [award::sight::Part::Entries(contest.clone())];
    let versions = house.office.store().versions(&house.edition, parts).await.unwrap();
    let of = |noun| versions.iter().find(|(address, _)| address.noun == noun).unwrap().0.clone();
    let sheet = of(award::record::Noun::Sheet);
    let candidate = sheet.candidate.clone().unwrap();
    let own_entry = award::record::Address { noun: award::record::Noun::Entry, name: String::new(), ..sheet.clone() };
    let seen = |address| store::Seen { address, version: Some(-1) };
    let seen = vec![seen(own_entry), seen(sheet)];

    let branch = comes(&house.office, "budi", &[of_round(Role::Branch, &contest)]).await;
    let asked = Asked { seen: seen.clone(), ..Asked::new(branch.as_str(), key(1), now()) };
    let done = house.office.withdraw(&house.edition, &asked, contest.clone(), candidate.clone(), "flood".into()).await.unwrap();
    assert_eq!(refused(done), "refusal-not-your-task");

    let ani = comes(&house.office, "ani", &[own(&candidate)]).await;
    let asked = Asked { seen, ..Asked::new(ani.as_str(), key(2), now()) };
    let done = house.office.withdraw(&house.edition, &asked, contest, candidate, "flood".into()).await.unwrap();
    let Done::Stale(stale) = done else { panic!("both records have another version: {done:?}") };
    assert_eq!(stale.iter().map(|one| one.theirs.is_some()).collect::<Vec<_>>(), [true, false], "her entry, but no marks");
}

#[tokio::test]
async fn an_account_is_entered_once_and_with_texts_that_fit() {
    let House { office, _folder, .. } = house().await;
    let console = PersonId::from("console");
    let why = |result: office::Result<Account>| result.unwrap_err().message().key().to_owned();
    office.add_user(&console, now(), Account { email: None, ..account("ani") }).await.unwrap();
    assert_eq!(why(office.add_user(&console, now(), account("ani")).await), "office-account-there");
    let longest = "x".repeat(120);
    assert!(office.add_user(&console, now(), Account { name: longest.clone(), ..account("budi") }).await.is_ok());
    let cases = [
        (Account { name: longest + "x", ..account("citra") }, "office-account-text"),
        (Account { name: "  ".into(), ..account("citra") }, "office-account-text"),
        (Account { name: "Citra\u{7}".into(), ..account("citra") }, "office-account-text"),
        (account(""), "office-account-text"),
        (Account { email: Some("citra".into()), ..account("citra") }, "office-account-email"),
        (Account { email: Some("citra@contoh".into()), ..account("citra") }, "office-account-email"),
        (Account { email: Some("citra @contoh.id".into()), ..account("citra") }, "office-account-email"),
    ];
    for (account, key) in cases {
        assert_eq!(why(office.add_user(&console, now(), account).await), key);
    }
    let events = office.store().account_events("ani").await.unwrap();
    assert_eq!(events.iter().map(|event| event.event.as_str()).collect::<Vec<_>>(), ["\"added\""], "no name, no address");
}

/// A contest of the small year with one of its candidates.
async fn entry(house: &House) -> (ContestKey, CandidateId) {
    let contests = house.office.store().progress(&house.edition).await.unwrap();
    let contest = contests.first().unwrap().contest.clone();
    let parts = [award::sight::Part::Entries(contest.clone())];
    let state = house.office.store().state(&house.edition, parts, &store::Names::Hidden).await.unwrap();
    let candidate = state.contests[&contest].entries.first().unwrap().candidate.clone();
    (contest, candidate)
}

fn of_round(role: Role, contest: &ContestKey) -> Grant {
    let (level, region) = (Some(contest.round.level.clone()), contest.round.region.clone());
    Grant::new(role, Scope { level, region, ..Scope::default() })
}

fn own(candidate: &CandidateId) -> Grant {
    Grant::new(Role::Candidate, Scope { organisation: Some(candidate.clone()), ..Scope::default() })
}

#[tokio::test]
async fn of_several_roles_the_one_that_may_is_on_record() {
    let house = house().await;
    let (contest, candidate) = entry(&house).await;
    let roles = [of_round(Role::Branch, &contest), own(&candidate)];
    let ani = comes(&house.office, "ani", &roles).await;
    let asked = Asked::new(ani.as_str(), key(1), now());
    let done = house.office.withdraw(&house.edition, &asked, contest.clone(), candidate.clone(), "flood".into()).await.unwrap();
    assert_eq!(done.facts().unwrap().len(), 1);
    let leaves =
        house.office.store().leaves(&house.edition, &store::Wanted::default(), 1_000, &store::Names::Hidden).await.unwrap();
    let leaf = leaves.iter().find(|leaf| leaf.who == "ani").unwrap();
    assert_eq!(leaf.act.actor, award::Actor::Person(ani, Box::new(own(&candidate))));

    let budi = comes(&house.office, "budi", &[of_round(Role::Branch, &contest), of_round(Role::Juror, &contest)]).await;
    let asked = Asked::new(budi.as_str(), key(2), now());
    let done = house.office.withdraw(&house.edition, &asked, contest, candidate, "flood".into()).await.unwrap();
    assert_eq!(refused(done), "refusal-not-your-task");
}

/// A post that does as it is told, and remembers.
struct Told {
    answers: Mutex<Vec<Answer>>,
    sent: Mutex<Vec<Mail>>,
}

enum Answer {
    Takes,
    Fails,
    Refuses,
    Hangs,
}

impl Told {
    fn new(answers: impl IntoIterator<Item = Answer>) -> Told {
        let mut answers: Vec<Answer> = answers.into_iter().collect();
        answers.reverse();
        Told { answers: Mutex::new(answers), sent: Mutex::new(Vec::new()) }
    }
}

impl Post for Told {
    async fn deliver(&self, mail: &Mail) -> Result<(), Undelivered> {
        let answer = self.answers.lock().unwrap().pop().unwrap();
        match answer {
            Answer::Takes => {
                self.sent.lock().unwrap().push(mail.clone());
                Ok(())
            }
            Answer::Fails => Err(Undelivered::ForNow("the mail server says no".into())),
            Answer::Refuses => Err(Undelivered::ForGood("there is no such address".into())),
            Answer::Hangs => std::future::pending().await,
        }
    }
}

#[tokio::test]
async fn a_letter_follows_from_its_act_and_is_tried_until_it_is_delivered() {
    let house = house().await;
    let (contest, candidate) = entry(&house).await;
    let ani = comes(&house.office, "ani", &[own(&candidate)]).await;
    comes(&house.office, "tim", &[of_round(Role::Secretariat, &contest)]).await;
    let withdraw = async |number| {
        let asked = Asked::new(ani.as_str(), key(number), now());
        house.office.withdraw(&house.edition, &asked, contest.clone(), candidate.clone(), "flood".into()).await.unwrap()
    };
    withdraw(1).await.facts().unwrap();
    withdraw(1).await.facts().unwrap();
    let unsent = house.office.unsent(false, 9).await.unwrap();
    let subject = unsent[0].subject.as_ref().unwrap().render(Lang::En);
    assert_eq!((unsent.len(), subject.as_str(), unsent[0].given_up), (1, "A candidate has withdrawn", false));
    assert_eq!(house.office.unsent(true, 9).await.unwrap(), []);
    assert!(withdraw(2).await.facts().is_err(), "who has withdrawn cannot do it again");
    assert_eq!(house.office.store().letters_waiting().await.unwrap().letters, 1, "one act, one letter; a refusal has none");

    let post = Told::new([Answer::Fails, Answer::Hangs, Answer::Takes]);
    let worker = Worker { patience: Duration::from_millis(20), ..Worker::new("one") };
    let deliver = async |at| house.office.deliver(&post, &worker, at, Lang::En).await.unwrap();
    let failed = Delivered { failed: 1, ..Delivered::default() };
    let minute = SignedDuration::from_mins(1);
    assert_eq!(deliver(now()).await, failed);
    assert_eq!(deliver(now()).await, Delivered::default(), "it waits for a minute");
    assert_eq!(deliver(now() + minute).await, failed, "a mail server that hangs is given up, and the letter is not");
    assert_eq!(deliver(now() + minute * 3).await, Delivered { sent: 1, ..Delivered::default() });
    assert_eq!(deliver(now() + minute * 99).await, Delivered::default());
    let sent = post.sent.lock().unwrap().clone();
    let mail = Mail {
        id: format!("{}/0/tim", key(1)),
        name: "Contoh tim".into(),
        email: Some("tim@contoh.go.id".into()),
        subject: "A candidate has withdrawn".into(),
        text: "Kampung Melati (rekaan) has withdrawn from Final, Village.".into(),
    };
    assert_eq!(sent, [mail]);
}

#[tokio::test]
async fn a_letter_that_can_go_to_nobody_waits_until_somebody_has_the_role_in_this_edition_and_now() {
    let house = house().await;
    let (contest, candidate) = entry(&house).await;
    let ani = comes(&house.office, "ani", &[own(&candidate)]).await;
    let role = of_round(Role::Secretariat, &contest);
    let elsewhere = Scope { edition: Some("ntb-2024".into()), ..role.scope.clone() };
    let minute = SignedDuration::from_mins(1);
    let over = Grant { until: Some(now() - minute), ..role.clone() };
    comes(&house.office, "budi", &[Grant { scope: elsewhere, ..role.clone() }, over]).await;
    let asked = Asked::new(ani.as_str(), key(1), now());
    house.office.withdraw(&house.edition, &asked, contest, candidate, "flood".into()).await.unwrap();
    let post = Told::new([Answer::Fails, Answer::Takes, Answer::Takes]);
    let deliver = async |at| house.office.deliver(&post, &Worker::new("one"), at, Lang::Id).await.unwrap();
    let failed = Delivered { failed: 1, ..Delivered::default() };
    assert_eq!(deliver(now()).await, failed);

    let here = Scope { edition: Some(house.edition.id.clone()), ..role.scope.clone() };
    comes(&house.office, "cici", &[Grant { scope: here, ..role.clone() }]).await;
    comes(&house.office, "dewi", &[role]).await;
    let broken = store::AccountRow { person: "edo".into(), version: 1, body: "{}".into() };
    house.office.store().keep_account(&broken, now(), "console", "added").await.unwrap();
    assert_eq!(deliver(now() + minute).await, Delivered { unread: 1, ..failed }, "one of the two did not get it");
    assert_eq!(deliver(now() + minute * 3).await, Delivered { sent: 1, unread: 1, ..Delivered::default() });
    let names: Vec<String> = post.sent.lock().unwrap().iter().map(|mail| mail.name.clone()).collect();
    assert_eq!(names, ["Contoh dewi", "Contoh cici"], "who failed keeps nobody else waiting, and nobody gets it twice");
    assert_eq!(house.office.store().letters_waiting().await.unwrap().given_up, 0);
}

#[tokio::test]
async fn an_address_that_is_refused_for_good_is_told_and_the_others_get_the_letter_once() {
    let house = house().await;
    let (contest, candidate) = entry(&house).await;
    let ani = comes(&house.office, "ani", &[own(&candidate)]).await;
    let role = of_round(Role::Secretariat, &contest);
    for person in ["cici", "dewi"] {
        comes(&house.office, person, std::slice::from_ref(&role)).await;
    }
    let asked = Asked::new(ani.as_str(), key(1), now());
    house.office.withdraw(&house.edition, &asked, contest, candidate, "flood".into()).await.unwrap();
    let post = Told::new([Answer::Refuses, Answer::Takes, Answer::Takes]);
    let deliver = async |at| house.office.deliver(&post, &Worker::new("one"), at, Lang::En).await.unwrap();
    assert_eq!(deliver(now()).await, Delivered { given_up: 1, ..Delivered::default() });
    assert_eq!(deliver(now() + SignedDuration::from_hours(48)).await, Delivered::default());
    let unsent = house.office.unsent(true, 9).await.unwrap();
    assert_eq!((unsent.len(), unsent[0].why.as_str(), unsent[0].tries), (1, "there is no such address", 1));
    assert!(unsent[0].subject.is_some());
    // The address is put right: only whoever did not have it gets it.
    assert_eq!(house.office.store().post_again(None, now()).await.unwrap(), 1);
    assert_eq!(deliver(now()).await, Delivered { sent: 1, ..Delivered::default() });
    let names: Vec<String> = post.sent.lock().unwrap().iter().map(|mail| mail.name.clone()).collect();
    assert_eq!(names, ["Contoh dewi", "Contoh cici"]);
}

#[tokio::test]
async fn a_clock_that_was_a_year_ahead_holds_up_no_letter() {
    let house = house().await;
    let (contest, candidate) = entry(&house).await;
    let ani = comes(&house.office, "ani", &[own(&candidate)]).await;
    comes(&house.office, "tim", &[of_round(Role::Secretariat, &contest)]).await;
    let asked = Asked::new(ani.as_str(), key(1), now());
    house.office.withdraw(&house.edition, &asked, contest, candidate, "flood".into()).await.unwrap().facts().unwrap();
    let (ahead, minute) = (now() + SignedDuration::from_hours(24 * 365), SignedDuration::from_mins(1));
    let taken = house.office.store().take_letters("ahead", ahead, ahead + minute, 8).await.unwrap();
    assert_eq!(taken.len(), 1, "its worker dies with it");
    let post = Told::new([Answer::Fails, Answer::Takes]);
    let deliver = async |at| house.office.deliver(&post, &Worker::new("one"), at, Lang::En).await.unwrap();
    assert_eq!(deliver(now()).await, Delivered { failed: 1, ..Delivered::default() });
    let put_off = house.office.store().take_letters("ahead", ahead, ahead + minute, 8).await.unwrap();
    assert!(house.office.store().put_letter_back(&put_off[0].id, "ahead", ahead + minute, "no").await.unwrap());
    assert_eq!(deliver(now() + minute).await, Delivered { sent: 1, ..Delivered::default() });
}

#[tokio::test]
async fn a_full_outbox_is_emptied_oldest_first_and_keeps_no_act_waiting() {
    let house = house().await;
    let (contest, candidate) = entry(&house).await;
    comes(&house.office, "tim", &[of_round(Role::Secretariat, &contest)]).await;
    let ani = comes(&house.office, "ani", &[own(&candidate)]).await;
    let asked = Asked::new(ani.as_str(), key(1), now());
    house.office.withdraw(&house.edition, &asked, contest, candidate, "flood".into()).await.unwrap().facts().unwrap();
    // Four hundred more wait, each older than this one.
    let copy = "insert into letter (id, edition, body, made_at, due_at, tries, taken_by, taken_until, ended_at, outcome)
        with recursive n(i) as (select 1 union all select i + 1 from n where i < 400)
        select 'old/' || printf('%04d', i), edition, body, '2025-01-01', '2025-01-01', 0, '', '', '', '' from letter, n";
    let mut database = sqlx::SqliteConnection::connect(&house._folder.path().join("award.db").to_string_lossy()).await.unwrap();
    sqlx::query(copy).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
    assert_eq!(house.office.store().letters_waiting().await.unwrap().letters, 401);
    let post = Told::new((0..500).map(|_| Answer::Takes));
    let mut sent = 0;
    loop {
        match house.office.deliver(&post, &Worker::new("one"), now(), Lang::En).await.unwrap().sent {
            0 => break,
            some => sent += some,
        }
    }
    let last = post.sent.lock().unwrap().last().unwrap().id.clone();
    assert_eq!((sent, last), (401, format!("{}/0/tim", key(1))));
    assert_eq!(house.office.store().letters_waiting().await.unwrap().letters, 0);
}

#[tokio::test]
async fn an_id_is_plain_and_not_the_name() {
    let house = house().await;
    let console = PersonId::from("console");
    for (id, name, expected) in [
        ("Ani Contoh", "Ani Contoh", "office-account-id"),
        ("ani|x;'--", "Ani Contoh", "office-account-id"),
        ("ani.contoh", "Ani Contoh", "office-account-id-is-name"),
        ("ani-18", "Ani Contoh", "added"),
    ] {
        let account = Account { name: name.into(), ..account(id) };
        let told = match house.office.add_user(&console, now(), account).await {
            Ok(_) => "added".to_owned(),
            Err(Error::Account { why, .. }) => why.key().to_owned(),
            Err(other) => other.to_string(),
        };
        assert_eq!(told, expected, "{id}");
    }
}
