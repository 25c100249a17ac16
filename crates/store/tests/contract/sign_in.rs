//! The ways in and who is in: what lets in once lets one in, what ends a sign-in ends it, and guesses are counted before they are looked at.

use jiff::SignedDuration;
use store::{AccountRow, Begun, Besides, GuessRow, Invitations, Proof, SecondStepRow, SignInRow, SignIns, SignedIn, WayIn};

use super::*;

fn now() -> Timestamp {
    instant("2026-01-01T00:00:00Z")
}

fn second(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

/// An account whose version it tells.
struct Ani<'a>(&'a Store, std::cell::Cell<i64>);

impl<'a> Ani<'a> {
    async fn of(store: &'a Store) -> Ani<'a> {
        let ani = Ani(store, 0.into());
        assert!(ani.changes(SignIns::Stay, WayIn::Stays, now()).await);
        ani
    }

    fn signed(&self) -> SignedIn {
        SignedIn { person: "ani".into(), version: self.1.get() }
    }

    async fn changes(&self, sign_ins: SignIns<'_>, way_in: WayIn<'_>, at: Timestamp) -> bool {
        let body = r#"{"email":"Ani_C@contoh.go.id"}"#.to_owned();
        let row = AccountRow { person: "ani".into(), version: self.1.get() + 1, body };
        let besides = Besides { invitations: Invitations::Stay, sign_ins, way_in };
        let kept = self.0.keep_account_and(&row, at, "ani", "told", besides).await.unwrap();
        self.1.set(self.1.get() + i64::from(kept));
        kept
    }

    async fn begins(&self, hash: &str, proof: Proof<'_>, instead_of: Option<&str>) -> Begun {
        self.0.begin_sign_in(&self.signed(), &row(hash, now()), now(), proof, instead_of).await.unwrap()
    }

    async fn is_in(&self) -> Vec<String> {
        self.0.sign_ins("ani").await.unwrap().into_iter().map(|row| row.hash).collect()
    }
}

fn row(hash: &str, at: Timestamp) -> SignInRow {
    let (hash, person, browser) = (hash.to_owned(), "ani".to_owned(), "Firefox 140".to_owned());
    SignInRow { hash, person, made_at: at, seen_at: at, second_at: None, browser, ended_at: None }
}

#[tokio::test]
async fn a_sign_in_is_found_by_its_cookie_until_it_ends() {
    for world in worlds().await {
        let (store, ani) = (&world.store, Ani::of(&world.store).await);
        assert_eq!(store.sign_in("one").await.unwrap(), None, "{}", world.name);
        assert_eq!(ani.begins("one", Proof::Password, None).await, Begun::Yes);
        let (found, account, telephone) = store.sign_in("one").await.unwrap().unwrap();
        assert_eq!((found, account.version, telephone), (row("one", now()), 1, None), "{}", world.name);
        for (at, seen) in [(second(60), second(60)), (second(59), second(60)), (second(61), second(61))] {
            store.seen("one", at).await.unwrap();
            assert_eq!(store.sign_in("one").await.unwrap().unwrap().0.seen_at, seen, "{}", world.name);
        }
        let later = SignInRow { second_at: Some(second(5)), ..row("two", second(9)) };
        assert_eq!(store.begin_sign_in(&ani.signed(), &later, second(9), Proof::Password, None).await.unwrap(), Begun::Yes);
        let newest = SignInRow { seen_at: second(61), ..row("one", now()) };
        assert_eq!(store.sign_ins("ani").await.unwrap(), [later, newest], "{}", world.name);
        assert!(store.end_sign_in("one", second(70)).await.unwrap());
        assert!(!store.end_sign_in("one", second(71)).await.unwrap(), "it has ended");
        assert_eq!(store.sign_in("one").await.unwrap().unwrap().0.ended_at, Some(second(70)), "{}", world.name);
        assert_eq!((ani.is_in().await, store.sign_ins("budi").await.unwrap()), (vec!["two".to_owned()], vec![]));
    }
}

#[tokio::test]
async fn a_sign_in_takes_the_place_of_another_once_and_of_nobody_elses() {
    for world in worlds().await {
        let ani = Ani::of(&world.store).await;
        ani.begins("one", Proof::Password, None).await;
        assert_eq!(ani.begins("two", Proof::Before, Some("one")).await, Begun::Yes);
        assert_eq!(ani.begins("three", Proof::Before, Some("one")).await, Begun::Taken, "{}", world.name);
        assert_eq!(ani.is_in().await, ["two"], "{}", world.name);
        let budi = AccountRow { person: "budi".into(), version: 1, body: "{}".into() };
        assert!(world.store.keep_account(&budi, now(), "budi", "told").await.unwrap());
        let signed = SignedIn { person: "budi".into(), version: 1 };
        let four = SignInRow { person: "budi".into(), ..row("four", now()) };
        let begun = world.store.begin_sign_in(&signed, &four, now(), Proof::Before, Some("two")).await.unwrap();
        assert_eq!((begun, ani.is_in().await), (Begun::Taken, vec!["two".to_owned()]), "{}", world.name);
        let old = SignedIn { version: 7, ..signed };
        let begun = world.store.begin_sign_in(&old, &four, now(), Proof::Password, None).await.unwrap();
        assert_eq!(begun, Begun::AccountChanged, "{}", world.name);
    }
}

#[tokio::test]
async fn a_changed_account_ends_the_sign_ins_that_it_must_and_no_others() {
    for world in worlds().await {
        let ani = Ani::of(&world.store).await;
        for hash in ["one", "two", "three", "four"] {
            ani.begins(hash, Proof::Password, None).await;
        }
        for (which, left) in [
            (SignIns::Stay, vec!["four", "one", "three", "two"]),
            (SignIns::EndOne("two"), vec!["four", "one", "three"]),
            (SignIns::EndOthers("one"), vec!["one"]),
            (SignIns::End, vec![]),
        ] {
            assert!(ani.changes(which, WayIn::Stays, now()).await);
            assert_eq!(ani.is_in().await, left, "{which:?} on {}", world.name);
        }
    }
}

#[tokio::test]
async fn a_password_is_kept_by_its_hash_and_hashed_anew_only_while_it_is_the_same() {
    for world in worlds().await {
        let (store, ani) = (&world.store, Ani::of(&world.store).await);
        assert_eq!(store.password("ani").await.unwrap(), None, "{}", world.name);
        assert!(ani.changes(SignIns::Stay, WayIn::Password("weak"), now()).await);
        assert!(store.rehash_password("ani", "weak", "strong").await.unwrap());
        assert!(!store.rehash_password("ani", "weak", "stale").await.unwrap(), "it is another one by now");
        assert_eq!(store.password("ani").await.unwrap().as_deref(), Some("strong"), "{}", world.name);
        assert!(ani.changes(SignIns::Stay, WayIn::Password("another"), now()).await);
        assert_eq!(store.password("ani").await.unwrap().as_deref(), Some("another"), "{}", world.name);
        assert!(ani.changes(SignIns::Stay, WayIn::NoPassword, now()).await);
        assert_eq!(store.password("ani").await.unwrap(), None, "{}", world.name);
    }
}

#[tokio::test]
async fn a_link_lets_in_once_until_its_last_instant_and_ends_all_others() {
    for world in worlds().await {
        let (store, ani) = (&world.store, Ani::of(&world.store).await);
        store.add_link("ani", "one", now()).await.unwrap();
        assert!(ani.changes(SignIns::Stay, WayIn::Link { hash: "two", until: second(60) }, now()).await);
        assert_eq!(store.link("one", now()).await.unwrap().as_deref(), Some("ani"), "at its last instant");
        assert_eq!(store.link("one", second(1)).await.unwrap(), None, "a second too late");
        assert_eq!(store.link("none", now()).await.unwrap(), None, "{}", world.name);
        assert_eq!(ani.begins("in", Proof::Link("one"), None).await, Begun::Yes);
        assert_eq!(ani.begins("again", Proof::Link("one"), None).await, Begun::Taken, "{}", world.name);
        assert_eq!(store.link("two", now()).await.unwrap(), None, "it ended with the one that was taken");
        for end in [WayIn::NoPassword, WayIn::Password("new"), WayIn::Forgotten] {
            let hash = format!("{end:?}");
            store.add_link("ani", &hash, second(60)).await.unwrap();
            assert!(ani.changes(SignIns::Stay, end, now()).await);
            assert_eq!(store.link(&hash, now()).await.unwrap(), None, "{end:?} on {}", world.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_take_the_same_link_or_the_same_code_at_once_one_gets_in() {
    for world in worlds().await {
        let (store, ani) = (&world.store, Ani::of(&world.store).await);
        enrolled(&ani, &["paper"]).await;
        store.add_link("ani", "link", second(60)).await.unwrap();
        let step = Proof::Step { secret: "MY", step: 101 };
        for (number, proof) in [Proof::Link("link"), step, Proof::Recovery("paper")].into_iter().enumerate() {
            let [one, two] = ["one", "two"].map(|who| format!("{who}{number}"));
            let (one, two) = tokio::join!(ani.begins(&one, proof, None), ani.begins(&two, proof, None));
            let both = [one, two];
            assert!(both.contains(&Begun::Yes) && both.contains(&Begun::Taken), "{proof:?}: {both:?} on {}", world.name);
        }
        assert_eq!(ani.is_in().await.len(), 3, "{}", world.name);
    }
}

/// Enrols a telephone at step 100.
async fn enrolled(ani: &Ani<'_>, recovery: &[&str]) {
    ani.0.show_second_step("ani", "MY").await.unwrap();
    let recovery: Vec<String> = recovery.iter().map(|code| (*code).to_owned()).collect();
    let way_in = WayIn::SecondStep { pending: "MY", step: 100, recovery: &recovery };
    assert!(ani.changes(SignIns::Stay, way_in, now()).await);
}

#[tokio::test]
async fn a_telephone_counts_once_its_first_code_was_given_and_each_step_is_taken_once() {
    for world in worlds().await {
        let (store, ani) = (&world.store, Ani::of(&world.store).await);
        store.show_second_step("ani", "OLD").await.unwrap();
        enrolled(&ani, &["paper"]).await;
        let kept = || async { store.second_step("ani").await.unwrap().unwrap() };
        let expected = SecondStepRow {
            secret: "MY".into(),
            step: 100,
            pending: String::new(),
            enrolled_at: "2026-01-01T00:00:00.000000Z".into(),
        };
        assert_eq!(kept().await, expected, "{}", world.name);
        for pending in ["OLD", "MY", ""] {
            let way_in = WayIn::SecondStep { pending, step: 1, recovery: &[] };
            assert!(!ani.changes(SignIns::Stay, way_in, now()).await, "{pending} was not shown last, or was taken");
        }
        let step = async |hash, secret, step| ani.begins(hash, Proof::Step { secret, step }, None).await;
        assert_eq!([step("a", "MY", 99).await, step("b", "MY", 100).await], [Begun::Taken, Begun::Taken], "{}", world.name);
        assert_eq!([step("c", "MZ", 101).await, step("d", "", 101).await], [Begun::Taken, Begun::Taken], "another secret");
        assert_eq!(step("e", "MY", 102).await, Begun::Yes);
        assert_eq!(step("f", "MY", 101).await, Begun::Taken, "one before it was taken");

        assert_eq!(store.recovery_codes("ani").await.unwrap(), 1, "{}", world.name);
        assert_eq!(ani.begins("g", Proof::Recovery("paper"), None).await, Begun::Yes);
        assert_eq!(ani.begins("h", Proof::Recovery("paper"), None).await, Begun::Taken);
        assert_eq!(store.recovery_codes("ani").await.unwrap(), 0, "{}", world.name);
        store.show_second_step("ani", "NEW").await.unwrap();
        assert_eq!((kept().await.secret, kept().await.pending), ("MY".to_owned(), "NEW".to_owned()), "the old one still counts");
        assert!(ani.changes(SignIns::End, WayIn::NoSecondStep, now()).await);
        assert_eq!(store.second_step("ani").await.unwrap(), None, "{}", world.name);
    }
}

#[tokio::test]
async fn whoever_is_forgotten_leaves_no_way_in_and_no_browser() {
    for world in worlds().await {
        let (store, ani) = (&world.store, Ani::of(&world.store).await);
        enrolled(&ani, &["paper"]).await;
        assert!(ani.changes(SignIns::Stay, WayIn::Password("hash"), now()).await);
        ani.begins("one", Proof::Password, None).await;
        assert!(ani.changes(SignIns::End, WayIn::Forgotten, now()).await);
        let left =
            (store.password("ani").await.unwrap(), store.second_step("ani").await.unwrap(), store.sign_in("one").await.unwrap());
        assert_eq!(left, (None, None, None), "{}", world.name);
        assert_eq!(store.recovery_codes("ani").await.unwrap(), 0, "{}", world.name);
    }
}

#[tokio::test]
async fn an_account_is_found_by_a_part_of_its_text_however_it_is_written_and_no_sign_stands_for_another() {
    for world in worlds().await {
        let ani = Ani::of(&world.store).await;
        let found = async |part: &str| ani.0.accounts_with(part).await.unwrap().len();
        assert_eq!(found(r#""email":"ani_c@CONTOH.go.id""#).await, 1, "{}", world.name);
        for part in ["ani%contoh", "aniXc@contoh", "a_i", r"\"] {
            assert_eq!(found(part).await, 0, "{part} on {}", world.name);
        }
    }
}

fn counts(rows: &[GuessRow]) -> Vec<i64> {
    rows.iter().map(|row| row.failures).collect()
}

#[tokio::test]
async fn guesses_are_counted_before_they_are_looked_at_and_taken_back_for_whoever_was_right() {
    for world in worlds().await {
        let store = &world.store;
        let both = ["account".to_owned(), "address".to_owned()];
        let guess = async |whom: &[String], at| {
            let told = std::sync::Mutex::new(Vec::new());
            let decides = |rows: &[GuessRow]| {
                *told.lock().unwrap() = counts(rows);
                if rows.iter().any(|row| row.failures >= 3) { Err("wait") } else { Ok(()) }
            };
            let letters = [format!("{at}")];
            let done =
                store.guess(whom, (at, at - SignedDuration::from_hours(1)), decides, (&format!("{at}"), &letters)).await.unwrap();
            (done.map(|before| assert_eq!(counts(&before), *told.lock().unwrap())), told.into_inner().unwrap())
        };
        assert_eq!(guess(&both, now()).await, (Ok(()), vec![0, 0]), "{}", world.name);
        assert_eq!(guess(&both[1..], second(1)).await, (Ok(()), vec![1]), "{}", world.name);
        assert_eq!(guess(&both, second(2)).await, (Ok(()), vec![1, 2]), "{}", world.name);
        assert_eq!(guess(&both, second(3)).await, (Err("wait"), vec![2, 3]), "{}", world.name);
        assert_eq!(guess(&both, second(4)).await, (Err("wait"), vec![2, 3]), "who had to wait was not counted");
        assert_eq!(store.letters_waiting().await.unwrap().letters, 3, "and a letter goes with each that was: {}", world.name);
        let before = |failures, last_at: &str| GuessRow { whom: both[1].clone(), failures, last_at: last_at.into() };
        store.guessed_right("account", &[before(2, "")], second(9)).await.unwrap();
        assert_eq!(guess(&both, second(5)).await, (Ok(()), vec![0, 1]), "{}", world.name);
        store.guessed_right("nobody", &[before(1, "")], second(9)).await.unwrap();
        assert_eq!(guess(&both, second(3605)).await, (Ok(()), vec![1, 2]), "an hour later, {}", world.name);
        assert_eq!(guess(&both, second(7206)).await, (Ok(()), vec![0, 0]), "more than an hour later, {}", world.name);
    }
}

#[tokio::test]
async fn whoever_was_right_makes_nobody_at_the_same_address_wait() {
    for world in worlds().await {
        let store = &world.store;
        let (address, both) = (["address".to_owned()], ["account".to_owned(), "address".to_owned()]);
        let guess = async |whom: &[String], at| {
            let counted = store.guess(whom, (at, at - SignedDuration::from_hours(1)), |_| Ok::<(), ()>(()), ("", &[])).await;
            counted.unwrap().unwrap()
        };
        let at_address = |rows: &[GuessRow]| rows.last().map(|row| (row.failures, row.last_at.clone())).unwrap();
        guess(&address, second(1)).await;
        let before = guess(&both, second(2)).await;
        store.guessed_right("account", &before[1..], second(2)).await.unwrap();
        let found = at_address(&guess(&address, second(3)).await);
        assert_eq!(found, at_address(&before), "as it was before: {}", world.name);
        let before = guess(&both, second(4)).await;
        guess(&address, second(5)).await;
        store.guessed_right("account", &before[1..], second(4)).await.unwrap();
        let found = at_address(&guess(&address, second(6)).await);
        assert_ne!(found.1, at_address(&before).1, "somebody guessed there since: {}", world.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_guesses_at_once_count_as_many() {
    for world in worlds().await {
        let both = ["account".to_owned(), "address".to_owned()];
        let other = ["address".to_owned(), "account".to_owned()];
        let decides = |rows: &[GuessRow]| if rows.iter().any(|row| row.failures >= 4) { Err(()) } else { Ok(()) };
        let forgotten = now() - SignedDuration::from_hours(1);
        let guess = |whom: &'static str| {
            let (store, both) = (world.store.clone(), if whom == "one" { both.clone() } else { other.clone() });
            async move { store.guess(&both, (now(), forgotten), decides, (whom, &[])).await.unwrap().is_ok() }
        };
        let (one, other) = (guess("one"), guess("other"));
        let (a, b, c, d, e, f) = tokio::join!(one, other, guess("one"), guess("other"), guess("one"), guess("other"));
        assert_eq!([a, b, c, d, e, f].iter().filter(|let_in| **let_in).count(), 4, "{}", world.name);
    }
}

#[tokio::test]
async fn what_lets_nobody_in_any_more_is_swept() {
    for world in worlds().await {
        let (store, ani) = (&world.store, Ani::of(&world.store).await);
        for (hash, made, seen) in [("old", 0, 90), ("idle", 11, 49), ("in", 10, 50), ("ended", 60, 60)] {
            let row = SignInRow { made_at: second(made), seen_at: second(seen), ..row(hash, now()) };
            store.begin_sign_in(&ani.signed(), &row, now(), Proof::Password, None).await.unwrap();
        }
        store.end_sign_in("ended", second(61)).await.unwrap();
        for (hash, until) in [("late", 99), ("open", 100)] {
            store.add_link("ani", hash, second(until)).await.unwrap();
        }
        for (whom, at) in [("before", 69), ("on", 70)] {
            let lets = |_: &[GuessRow]| Ok::<(), ()>(());
            store.guess(&[whom.to_owned()], (second(at), now()), lets, ("", &[])).await.unwrap().unwrap();
        }
        let sweep = async || store.sweep_sign_ins(second(100), second(10), second(50), second(70)).await.unwrap();
        assert_eq!((sweep().await, sweep().await), (5, 0), "{}", world.name);
        assert_eq!(ani.is_in().await, ["in"], "{}", world.name);
        assert_eq!(store.link("open", second(100)).await.unwrap().as_deref(), Some("ani"), "{}", world.name);
    }
}
