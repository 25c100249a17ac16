//! Opening: editions, rounds with their calendars, the rulebook to which a round is pinned, aides.

use crate::preparation;
use crate::preparation::{
    at, bad_names, branch, candidate, chair, closed, contest, hash, open, opening, pin, round, secretariat,
};
use award::cycle::tables::Appointment;
use award::round::{Adoption, Aide, DayKind, RoundDay, RulebookMove, slippage};
use award::view::{Step, Viewer};
use award::{Actor, Deed, RoundKey, edition};
use jiff::civil::{Date, date};

const NOON: &str = "2020-11-20T05:00:00Z";

fn day(event: &str, kind: DayKind, day: i8) -> RoundDay {
    RoundDay { event: event.into(), kind, from: date(2020, 11, day), to: None, reason: None, source: None }
}

fn wish(version: &str, digit: char) -> RulebookMove {
    RulebookMove { to: pin(version, digit), differences: 3, reason: "A holiday was forgotten".into(), by: "sari".into() }
}

/// The rulebook as version 2, in which jurors' ideas weigh more.
fn second() -> String {
    let ideas = |weights: &str| format!("weight = {weights}\n\n[[scheme.aspect.indicator]]\nid = \"innovation\"");
    let more = |weight: u32| format!("name = \"More\"\nweight = {weight}\n");
    let text = preparation::RULEBOOK.replace("version = \"1\"", "version = \"2\"");
    let text = text.replace(&ideas("25"), &ideas("26")).replace(&more(25), &more(24));
    assert!(text.contains(&ideas("26")) && text.contains(&more(24)));
    text
}

/// Keeps a text under the hash of so many digits.
fn keep(office: &mut preparation::Office, digit: char, text: &str) {
    let rules = rules::read("kept.toml", text).unwrap_or_else(|problems| panic!("{problems:#?}"));
    office.state.versions.keep(&hash(digit), rules.into());
}

#[test]
fn an_edition_is_announced_once_with_purposes_and_organisers() {
    let mut office = closed();
    let announced = edition::of(&office.state.rules);
    assert_eq!(office.refuses(&secretariat("51"), "", Deed::OpenEdition(announced.clone())), "not-your-task");
    for (change, refused) in [("other-edition", "edition-other"), ("", "edition-other")] {
        let other = edition::EditionRecord { id: change.into(), ..announced.clone() };
        assert_eq!(office.refuses(&Actor::Centre, "", Deed::OpenEdition(other)), refused);
    }
    for (ordinal, refused) in [(0, "number-absurd"), (200, "number-absurd"), (199, "nothing"), (1, "nothing")] {
        let other = edition::EditionRecord { ordinal: Some(ordinal), ..announced.clone() };
        assert_eq!(office.refuses(&Actor::Centre, "", Deed::OpenEdition(other)), refused, "{ordinal}");
    }
    let nobody = edition::EditionRecord { organisers: Vec::new(), ..announced.clone() };
    assert_eq!(office.refuses(&Actor::Centre, "", Deed::OpenEdition(nobody)), "text-empty");
    office.does(&Actor::Centre, "", Deed::OpenEdition(announced.clone()));
    assert_eq!(office.state.edition.as_ref(), Some(&announced));
    assert_eq!(office.refuses(&Actor::Centre, "", Deed::OpenEdition(announced)), "edition-open");
}

#[test]
fn a_round_is_opened_once_by_its_own_secretariat_under_the_rulebook_of_the_edition() {
    let office = closed();
    let region = |level: &str, region: Option<&str>| RoundKey { level: level.into(), region: region.map(str::to_owned) };
    let cases = [
        (region("province", Some("51")), opening(), "nothing"),
        (region("province", Some("99")), opening(), "no-such-round"),
        (region("province", Some("51.03")), opening(), "no-such-round"),
        (region("province", None), opening(), "no-such-round"),
        (region("village", Some("51")), opening(), "no-such-round"),
        (region("nation", None), opening(), "nothing"),
        (region("nation", Some("51")), opening(), "no-such-round"),
        (round("51"), award::round::Opening { rulebook: pin("2", 'a'), ..opening() }, "other-rulebook"),
        (round("51"), award::round::Opening { rulebook: pin("1", 'A'), ..opening() }, "hash"),
        (round("51"), award::round::Opening { label: Some(String::new()), ..opening() }, "text-empty"),
        (round("51"), award::round::Opening { by: "sari; drop".into(), ..opening() }, "person-unknown"),
    ];
    for (round, opening, refused) in cases {
        assert_eq!(office.refuses(&Actor::Centre, NOON, Deed::OpenRound(round.clone(), opening)), refused, "{round:?}");
    }
    let open_bali = || Deed::OpenRound(round("51"), opening());
    assert_eq!(office.refuses(&secretariat("18"), NOON, open_bali()), "other-round");
    assert_eq!(office.refuses(&candidate("a"), NOON, open_bali()), "not-your-task");
    assert_eq!(office.refuses(&secretariat("51"), "", open_bali()), "no-time");
    let office = open();
    assert_eq!(office.refuses(&secretariat("51"), NOON, open_bali()), "round-open");
    assert_eq!(office.state.rounds[&round("51")].pin(), Some(&pin("1", 'a')));
}

#[test]
fn a_plan_changes_for_a_reason_and_what_took_place_is_not_to_come() {
    let mut office = open();
    let set = |day: RoundDay| Deed::SetDay(round("51"), day);
    let bali = secretariat("51");
    let reason = |text: &str| RoundDay { reason: Some(text.into()), ..day("preparation", DayKind::Planned, 19) };
    assert_eq!(office.refuses(&bali, NOON, set(day("party", DayKind::Planned, 19))), "no-such-event");
    assert_eq!(office.refuses(&bali, NOON, set(RoundDay { to: Some(date(2020, 11, 1)), ..reason("a") })), "days-reversed");
    assert_eq!(office.refuses(&bali, NOON, set(RoundDay { from: date(1020, 11, 1), ..reason("a") })), "day-absurd");
    assert_eq!(office.refuses(&secretariat("18"), NOON, set(reason("a"))), "other-round");
    assert_eq!(closed().refuses(&bali, NOON, set(reason("a"))), "round-not-open");
    office.does(&bali, NOON, set(day("preparation", DayKind::Planned, 18)));
    assert_eq!(office.refuses(&bali, NOON, set(day("preparation", DayKind::Planned, 18))), "day-known");
    assert_eq!(office.refuses(&bali, NOON, set(day("preparation", DayKind::Planned, 19))), "day-without-reason");
    assert_eq!(office.refuses(&bali, NOON, set(reason(&"x".repeat(4_001)))), "text-too-long");
    office.does(&bali, NOON, set(reason("The hall was flooded")));
    // 20 November in Bali begins at 16:00 the day before in Greenwich.
    assert_eq!(office.refuses(&bali, "2020-11-19T15:59:59Z", set(day("preparation", DayKind::Actual, 20))), "day-to-come");
    office.does(&bali, "2020-11-19T16:00:00Z", set(day("preparation", DayKind::Actual, 20)));
    let slip = slippage(&office.state, &round("51")).into_iter().find(|slip| slip.event == "preparation").expect("it is planned");
    assert_eq!((slip.planned, slip.now_planned), (Some(date(2020, 11, 17)), Some(date(2020, 11, 19))));
    assert_eq!((slip.actual, slip.days), (Some(date(2020, 11, 20)), Some(3)));
}

#[test]
fn the_dossier_deadline_counts_from_the_day_that_the_round_has_set() {
    let mut office = open();
    let bali = office.state.rules.level("province").cloned().expect("the level is there");
    let last = |office: &preparation::Office, region: &str| {
        office.state.calendar().dossier(&bali, region).expect("there is a deadline").day
    };
    assert_eq!(last(&office, "51.71"), date(2020, 12, 17));
    office.does(&secretariat("51"), NOON, Deed::SetDay(round("51"), day("preparation", DayKind::Planned, 20)));
    assert_eq!((last(&office, "51.71"), last(&office, "18.71")), (date(2020, 12, 20), date(2020, 12, 17)));
}

#[test]
fn a_round_is_late_by_what_is_to_come_and_not_by_what_something_later_has_overtaken() {
    let mut office = open();
    let late = |office: &preparation::Office| {
        let viewer = Viewer { state: &office.state, grants: &[], at: Some(at("2020-11-20T01:00:00Z")) };
        let lines = viewer.nation().rounds;
        lines.iter().find(|line| line.region.as_deref() == Some("51")).and_then(|line| line.late)
    };
    assert_eq!(late(&office), Some(3), "the meeting of 17 November has not taken place");
    let came = RoundDay { from: date(2020, 11, 19), ..day("dossiers", DayKind::Actual, 19) };
    office.does(&secretariat("51"), "2020-11-19T01:00:00Z", Deed::SetDay(round("51"), came));
    assert_eq!(late(&office), Some(0), "dossiers have come since, so it is behind");
}

#[test]
fn two_people_move_a_round_to_another_rulebook_and_only_before_judging() {
    let mut office = open();
    keep(&mut office, 'b', &second());
    let propose = |wish: RulebookMove| Deed::ProposeRulebook(round("51"), wish);
    let adopt = |digit: char, by: &str| Deed::AdoptRulebook(round("51"), Adoption { hash: hash(digit), by: by.into() });
    let (bali, leads) = (secretariat("51"), chair("51"));
    let cases = [
        (wish("1", 'b'), "rulebook-same"),
        (wish("2", 'a'), "rulebook-same"),
        (RulebookMove { differences: 0, ..wish("2", 'b') }, "rulebook-differences"),
        (RulebookMove { reason: " ".into(), ..wish("2", 'b') }, "text-empty"),
        (RulebookMove { to: award::RulebookPin { edition: "2021".into(), ..pin("2", 'b') }, ..wish("2", 'b') }, "other-rulebook"),
        (wish("2", 'x'), "hash"),
        (wish("2", 'c'), "rulebook-not-kept"),
        (wish("3", 'b'), "rulebook-not-kept"),
        (RulebookMove { differences: 4, ..wish("2", 'b') }, "rulebook-differences"),
        (wish("2", 'b'), "nothing"),
    ];
    for (wish, refused) in cases {
        assert_eq!(office.refuses(&bali, NOON, propose(wish.clone())), refused, "{wish:?}");
    }
    assert_eq!(office.refuses(&leads, NOON, adopt('b', "wayan")), "rulebook-not-proposed");
    office.does(&bali, NOON, propose(wish("2", 'b')));
    assert_eq!(office.refuses(&bali, NOON, propose(wish("2", 'b'))), "rulebook-proposed");
    assert_eq!(office.refuses(&leads, NOON, adopt('b', "sari")), "same-person");
    assert_eq!(office.refuses(&leads, NOON, adopt('c', "wayan")), "rulebook-not-proposed");
    assert_eq!(office.refuses(&bali, NOON, adopt('b', "wayan")), "not-your-task");
    let mut judged = office.clone();
    judged.state.apply(&award::Fact::Proposed(contest("51", "city"), preparation::nomination("a", "51.71").candidate));
    judged.state.apply(&award::Fact::JudgingClosed(contest("51", "city")));
    assert_eq!(judged.refuses(&leads, NOON, adopt('b', "wayan")), "rulebook-too-late");
    office.does(&leads, NOON, adopt('b', "wayan"));
    let rulebooks = &office.state.rounds[&round("51")].rulebooks;
    assert_eq!(rulebooks.iter().map(|(pin, _)| pin.version.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    // Whoever has only version 1 at hand decides nothing about the round any more.
    let set = || Deed::SetDay(round("51"), day("preparation", DayKind::Planned, 18));
    let stands = || Deed::Propose(contest("51", "city"), preparation::nomination("denpasar", "51.71").candidate);
    let mut without = office.clone();
    without.state.versions = Default::default();
    assert_eq!(without.refuses(&bali, NOON, set()), "other-rulebook");
    assert_eq!(without.refuses(&branch("51"), NOON, stands()), "other-rulebook");
    assert_eq!(office.refuses(&bali, NOON, set()), "nothing");
    assert_eq!(office.refuses(&branch("51"), NOON, stands()), "nothing");
}

#[test]
fn a_version_leaves_what_binds_the_rounds_and_what_a_round_has_on_record_as_it_is() {
    let bali = secretariat("51");
    let propose = || Deed::ProposeRulebook(round("51"), wish("2", 'b'));
    let changed = |from: &str, to: &str| {
        let text = second().replace(from, to);
        assert_ne!(text, second(), "{from}");
        text
    };
    let nation = "categories = [\"city\", \"company\"]\nlevel = \"nation\"";
    let cases = [
        (changed("name = \"Nation\"", "name = \"The nation\""), "rulebook-differences"),
        (changed("next = \"nation\"\n", "next = \"nation\"\ntime_zone = \"WIB\"\n"), "rulebook-other-map"),
        (changed("purposes =", "regions_as_of = 2022-01-01\npurposes ="), "rulebook-other-map"),
        (changed(nation, "categories = [\"city\"]\nlevel = \"nation\""), "rulebook-other-map"),
        (changed("id = \"member\"", "id = \"expert\""), "rulebook-differences"),
    ];
    for (text, refused) in cases {
        let mut office = open();
        keep(&mut office, 'b', &text);
        assert_eq!(office.refuses(&bali, NOON, propose()), refused);
    }
    let mut office = open();
    let gone = changed("preparation", "briefing");
    keep(&mut office, 'b', &gone);
    assert_eq!(office.refuses(&bali, NOON, propose()), "rulebook-differences");
    office.does(&bali, NOON, Deed::SetDay(round("51"), day("preparation", DayKind::Planned, 18)));
    assert_eq!(office.refuses(&bali, NOON, propose()), "rulebook-lacks");
}

#[test]
fn a_round_goes_by_its_own_version_in_days_documents_and_figures_while_its_neighbour_goes_by_the_editions() {
    let mut office = open();
    let text = second().replace("days = 30", "days = 40").replace("name = \"Budget\"", "name = \"Budget plan\"");
    keep(&mut office, 'b', &text);
    let told = rules::diff(&office.state.rules, &rules::read("b", &text).unwrap()).len();
    let to = RulebookMove { differences: u32::try_from(told).unwrap(), ..wish("2", 'b') };
    office.does(&secretariat("51"), NOON, Deed::ProposeRulebook(round("51"), to));
    office.does(&chair("51"), NOON, Deed::AdoptRulebook(round("51"), Adoption { hash: hash('b'), by: "wayan".into() }));
    for (region, city, until, documents) in [
        ("51", "51.71", date(2020, 12, 27), ["Legal texts", "Budget plan"]),
        ("18", "18.71", date(2020, 12, 17), ["Legal texts", "Budget"]),
    ] {
        let key = office.enters(city, city);
        let level = office.state.rules.level("province").expect("there is one");
        let deadline = office.state.calendar_of(&key.round).dossier(level, city).expect("there is one");
        assert_eq!(
            (deadline.day, office.state.rules_of(&round(region)).edition.version.as_str() == "2"),
            (until, region == "51")
        );
        let entry = office.state.contests[&key].entry(city).expect("it is entered");
        let missing = award::stage::dossier::missing(&office.state, &key, entry);
        assert_eq!(missing.iter().map(|missing| missing.document.name.en.as_str()).collect::<Vec<_>>(), documents);
    }
}

#[test]
fn a_round_is_as_far_as_the_least_of_its_contests() {
    let step = |state: &award::State| Viewer::public(state).round_step(&round("51"));
    let office = closed();
    assert_eq!(step(&office.state), Step::NotOpened);
    let mut office = open();
    assert_eq!(step(&office.state), Step::Nomination);
    office.enters("denpasar", "51.71");
    assert_eq!(step(&office.state), Step::Dossiers);
    office.state.apply(&award::Fact::JudgingClosed(contest("51", "city")));
    assert_eq!(step(&office.state), Step::Closed);
    office.state.apply(&award::Fact::Announced(contest("51", "city")));
    assert_eq!(step(&office.state), Step::Announced);
    office.state.apply(&award::Fact::Proposed(contest("51", "company"), preparation::company("x", "51.71").candidate));
    assert_eq!(step(&office.state), Step::Dossiers);
}

#[test]
fn an_aide_writes_for_one_juror_in_the_days_on_record_and_the_marks_stay_the_jurors() {
    let mut office = open();
    let key = office.enters("denpasar", "51.71");
    let seat = Appointment {
        level: "province".into(),
        region: Some("51".into()),
        juror: "sekda".into(),
        name: "Ibu Sekda".into(),
        seat: "chair".into(),
        office: None,
        acting: false,
        delegate_for: None,
        person: None,
    };
    office.does(&secretariat("51"), NOON, Deed::Appoint(round("51"), seat));
    let aide = |juror: &str, aide: &str| {
        let (from, to) = (date(2020, 11, 20), Some(date(2020, 11, 21)));
        Deed::AppointAide(round("51"), Aide { juror: juror.into(), aide: aide.into(), from, to, reason: "Writes for her".into() })
    };
    let bali = secretariat("51");
    assert_eq!(office.refuses(&bali, NOON, aide("sekda", "made")), "person-unknown");
    for person in ["made", "sekda"] {
        let enter = award::people::PeopleChange::Enter { person: person.into(), name: format!("I {person}") };
        office.does(&bali, NOON, Deed::ChangePeople(enter));
    }
    for (juror, name, refused) in
        [("nobody", "made", "aide-of-nobody"), ("sekda", "sekda", "aide-is-juror"), ("sekda", "m m", "person-unknown")]
    {
        assert_eq!(office.refuses(&bali, NOON, aide(juror, name)), refused);
    }
    assert_eq!(office.refuses(&branch("51"), NOON, aide("sekda", "made")), "not-your-task");
    office.does(&bali, NOON, aide("sekda", "made"));
    assert_eq!(office.refuses(&bali, NOON, aide("sekda", "made")), "aide-known");
    let marks = [("innovation".to_owned(), tally::Mark::Given(80_u32.into()))].into();
    let sheet = award::act::HandedSheet {
        juror: "sekda".into(),
        candidate: "denpasar".into(),
        state: tally::SheetState::HandedIn,
        marks,
    };
    let writes = |aide: &str| Actor::Aide(round("51"), "sekda".into(), aide.into());
    let hand_in = || Deed::HandInSheet(key.clone(), sheet.clone());
    assert_eq!(office.refuses(&writes("ketut"), NOON, hand_in()), "not-an-aide");
    assert_eq!(office.refuses(&writes("made"), "2020-11-21T16:00:00Z", hand_in()), "not-an-aide");
    assert_eq!(office.refuses(&Actor::Aide(round("51"), "other".into(), "made".into()), NOON, hand_in()), "other-juror");
    office.does(&writes("made"), "2020-11-21T15:59:59Z", hand_in());
    let contest = &office.state.contests[&key];
    assert_eq!(contest.sheets, [sheet]);
    assert_eq!(contest.written_by, [("sekda".into(), "denpasar".into(), "made".into())]);
}

#[test]
fn a_label_is_any_name_that_people_read_and_no_other() {
    let office = closed();
    let labelled =
        |label: &str| Deed::OpenRound(round("51"), award::round::Opening { label: Some(label.to_owned()), ..opening() });
    for name in preparation::GOOD_NAMES {
        assert_eq!(office.refuses(&secretariat("51"), NOON, labelled(name)), "nothing", "{name}");
    }
    for (name, refused) in bad_names() {
        assert_eq!(office.refuses(&secretariat("51"), NOON, labelled(&name)), refused, "{name:?}");
    }
}

#[test]
fn a_round_moves_to_another_rulebook_by_two_persons_each_in_the_own_name() {
    let mut office = open();
    keep(&mut office, 'b', &second());
    let wish = RulebookMove { to: pin("2", 'b'), differences: 3, reason: "A gap".into(), by: "sari".into() };
    let propose = Deed::ProposeRulebook(round("51"), wish);
    let grant = award::Grant::new(award::Role::Secretariat, award::Scope::default());
    let forged = Actor::Person("wayan".into(), Box::new(grant));
    assert_eq!(office.refuses(&forged, NOON, propose.clone()), "not-you");
    office.does(&secretariat("51"), NOON, propose);
    let adopt = |by: &str| Deed::AdoptRulebook(round("51"), Adoption { hash: hash('b'), by: by.into() });
    let chair = chair("51");
    assert_eq!(office.refuses(&chair, NOON, adopt("sari")), "same-person");
    assert_eq!(office.refuses(&chair, NOON, adopt("SARI")), "person-unknown");
    assert_eq!(office.refuses(&chair, NOON, adopt("wayan")), "nothing");
}

#[test]
fn no_day_is_set_by_which_a_deadline_would_be_over_and_none_once_it_is_over() {
    let mut office = open();
    let bali = secretariat("51");
    let set = |on: Date| {
        let reason = Some("Banjir".to_owned());
        let day = RoundDay { event: "dossiers".into(), kind: DayKind::Planned, from: on, to: None, reason, source: None };
        Deed::SetDay(round("51"), day)
    };
    // The rulebook says 30 days after 17 November.
    let (last_second, too_late) = ("2020-12-17T15:59:59Z", "2020-12-17T16:00:00Z");
    assert_eq!(office.refuses(&bali, NOON, set(date(2020, 11, 19))), "deadline-past");
    assert_eq!(office.refuses(&bali, NOON, set(date(2020, 11, 20))), "nothing");
    assert_eq!(office.refuses(&bali, last_second, set(date(2020, 12, 20))), "nothing");
    assert_eq!(office.refuses(&bali, too_late, set(date(2020, 12, 20))), "deadline-counts");
    assert_eq!(office.refuses(&bali, too_late, set(date(2020, 12, 17))), "nothing", "the same day moves nothing");
    let mut opened_late = closed();
    opened_late.does(&bali, too_late, Deed::OpenRound(round("51"), opening()));
    assert_eq!(opened_late.refuses(&bali, too_late, set(date(2020, 12, 20))), "nothing", "nothing counted in it yet");
    office.does(&bali, NOON, set(date(2020, 12, 19)));
    assert_eq!(office.refuses(&bali, too_late, set(date(2020, 12, 20))), "deadline-set");
}

#[test]
fn a_meeting_from_which_a_deadline_counts_is_put_on_record_once() {
    let bali = secretariat("51");
    let meeting =
        |id: &str, number: i8| Deed::RecordEvent(preparation::event(id, date(2020, 11, number), "preparation", Some("51")));
    let held = |number: i8| {
        Deed::SetDay(round("51"), RoundDay { reason: Some("Salah catat".into()), ..day("preparation", DayKind::Actual, number) })
    };
    let mut on_record = open();
    on_record.does(&bali, NOON, meeting("m1", 18));
    assert_eq!(on_record.refuses(&bali, NOON, meeting("m2", 19)), "deadline-counts");
    assert_eq!(on_record.refuses(&bali, NOON, meeting("m2", 18)), "nothing");
    assert_eq!(open().refuses(&bali, "2020-12-18T16:00:00Z", meeting("m1", 18)), "deadline-counts");
    let mut said = open();
    said.does(&bali, NOON, held(18));
    assert_eq!(said.refuses(&bali, NOON, held(19)), "deadline-counts");
    let until = |office: &preparation::Office| {
        let level = office.state.rules.level("province").expect("there is one");
        office.state.calendar().dossier(level, "51.71").map(|deadline| deadline.day)
    };
    assert_eq!(until(&said), Some(date(2020, 12, 18)));
    said.does(&bali, NOON, meeting("m1", 20));
    assert_eq!(until(&said), Some(date(2020, 12, 18)), "what the round has said stays");
}

#[test]
fn a_deadline_that_is_set_is_moved_by_the_chair_and_not_by_setting_another_day() {
    let mut office = open();
    let bali = secretariat("51");
    let set = |number: i8| {
        let reason = Some("Banjir".to_owned());
        Deed::SetDay(round("51"), RoundDay { reason, ..day("dossiers", DayKind::Planned, number) })
    };
    office.does(&bali, NOON, set(25));
    assert_eq!(office.refuses(&bali, NOON, set(26)), "deadline-set");
    assert_eq!(office.refuses(&bali, NOON, set(24)), "deadline-set");
    assert_eq!(office.refuses(&bali, NOON, set(25)), "day-known");
    assert_eq!(office.refuses(&Actor::Centre, NOON, set(26)), "deadline-set");
    let event = |id: &str, kind: &str| Deed::RecordEvent(preparation::event(id, date(2020, 12, 30), kind, Some("51")));
    for (actor, id, kind, expected) in [
        (branch("51"), "m1", "dossiers", "event-is-deadline"),
        (branch("51"), "dossiers", "socialisation", "event-is-deadline"),
        (branch("51"), "m1", "socialisation", "nothing"),
        (secretariat("51"), "m1", "dossiers", "event-is-deadline"),
        (Actor::Centre, "m1", "dossiers", "event-is-deadline"),
    ] {
        assert_eq!(office.refuses(&actor, NOON, event(id, kind)), expected, "{id} {kind}");
    }
}

#[test]
fn a_round_that_opens_late_sets_its_own_days_from_its_first_day_on() {
    let (bali, opened) = (secretariat("51"), "2021-01-04T01:00:00Z");
    let mut office = closed();
    office.does(&bali, opened, Deed::OpenRound(round("51"), opening()));
    let set = |kind: DayKind, from: Date| {
        let reason = Some("Putaran dibuka terlambat".to_owned());
        let event = if kind == DayKind::Actual { "preparation" } else { "dossiers" };
        Deed::SetDay(round("51"), RoundDay { event: event.into(), kind, from, to: None, reason, source: None })
    };
    // The rulebook's 17 December was over before the round was opened and never counted in it; a day that is over would count at once.
    for (kind, on, expected) in [
        (DayKind::Planned, date(2021, 1, 3), "deadline-past"),
        (DayKind::Planned, date(2021, 1, 4), "nothing"),
        (DayKind::Planned, date(2021, 1, 14), "nothing"),
        (DayKind::Actual, date(2020, 11, 20), "deadline-past"),
        (DayKind::Actual, date(2021, 1, 4), "nothing"),
        (DayKind::Actual, date(2021, 1, 5), "day-to-come"),
    ] {
        assert_eq!(office.refuses(&bali, opened, set(kind, on)), expected, "{kind:?} {on}");
    }
    office.does(&bali, opened, set(DayKind::Planned, date(2021, 1, 14)));
    assert_eq!(office.refuses(&bali, opened, set(DayKind::Planned, date(2021, 1, 15))), "deadline-set");
    assert_eq!(
        slippage(&office.state, &round("51")).iter().filter(|slip| slip.now_planned == Some(date(2021, 1, 14))).count(),
        1
    );
}
