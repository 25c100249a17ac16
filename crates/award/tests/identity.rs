//! Identity over time: organisations and regions that are renamed, grow, merge, split and move.

use crate::preparation;
use crate::preparation::{Office, bad_names, branch, candidate, closed, secretariat};
use award::identity::{Attribute, Becoming, Dated, RegisterChange, Sort, Step, Succession};
use award::{Actor, BodyId, Deed};
use jiff::civil::{Date, date};

const SOURCE: &str = "UU 29/2022";

fn said(what: Attribute, from: Date) -> Dated {
    Dated { what, from, source: SOURCE.into() }
}

fn enter(id: &str, sort: Sort, name: &str, kind: &str, from: Date) -> RegisterChange {
    let attributes = vec![said(Attribute::Name(name.into()), from), said(Attribute::Kind(kind.into()), from)];
    RegisterChange::Enter { id: id.into(), sort, attributes }
}

fn rename(id: &str, name: &str, from: Date) -> RegisterChange {
    RegisterChange::Rename { id: id.into(), name: name.into(), from, source: SOURCE.into() }
}

fn grow(id: &str, size: &str, from: Date) -> RegisterChange {
    RegisterChange::Reclassify { id: id.into(), size: Some(size.into()), kind: None, from, source: SOURCE.into() }
}

fn shift(id: &str, parent: &str, code: Option<&str>, from: Date) -> RegisterChange {
    RegisterChange::Move { id: id.into(), parent: parent.into(), code: code.map(str::to_owned), from, source: SOURCE.into() }
}

fn become_(from: &[&str], into: &[&str], on: Date) -> Succession {
    let ids = |ids: &[&str]| ids.iter().map(|id| BodyId::from(*id)).collect();
    Succession { how: Becoming::Merged, from: ids(from), into: ids(into), on, source: SOURCE.into() }
}

fn does(office: &mut Office, changes: Vec<RegisterChange>) {
    for change in changes {
        office.does(&Actor::Centre, "", Deed::ChangeRegister(change));
    }
}

fn refused(office: &Office, change: RegisterChange) -> String {
    office.refuses(&Actor::Centre, "", Deed::ChangeRegister(change))
}

/// Two provinces and a regency that moves from one to the other; a company that is renamed and grows.
fn register() -> Office {
    let start = date(2017, 1, 1);
    let mut office = closed();
    does(
        &mut office,
        vec![
            enter("papua-barat", Sort::Region, "Papua Barat", "province", start),
            enter("papua-barat-daya", Sort::Region, "Papua Barat Daya", "province", date(2022, 12, 8)),
            enter("raja-ampat", Sort::Region, "Kabupaten Raja Ampat", "regency", start),
            shift("raja-ampat", "papua-barat", Some("92.05"), start),
            shift("raja-ampat", "papua-barat-daya", Some("96.03"), date(2022, 12, 8)),
            enter("maju", Sort::Organisation, "PT Maju Jaya", "company", start),
            grow("maju", "medium", start),
            grow("maju", "large", date(2021, 6, 1)),
            rename("maju", "PT Maju Sejahtera Tbk", date(2022, 1, 1)),
        ],
    );
    office
}

#[test]
fn a_body_is_what_it_was_on_the_day_that_is_asked() {
    let office = register();
    let ampat = |day| {
        let known = office.state.register.as_of("raja-ampat", day).expect("it is known then");
        (known.code.expect("it has a code"), known.parent.expect("it has a province").to_string())
    };
    assert_eq!(ampat(date(2022, 12, 7)), ("92.05".into(), "papua-barat".into()));
    assert_eq!(ampat(date(2022, 12, 8)), ("96.03".into(), "papua-barat-daya".into()));
    let maju = |day| office.state.register.as_of("maju", day).map(|known| (known.name, known.size.unwrap_or_default()));
    assert_eq!(maju(date(2016, 12, 31)), None);
    assert_eq!(maju(date(2021, 5, 31)), Some(("PT Maju Jaya".into(), "medium".into())));
    assert_eq!(maju(date(2021, 6, 1)), Some(("PT Maju Jaya".into(), "large".into())));
    assert_eq!(maju(date(2022, 1, 1)), Some(("PT Maju Sejahtera Tbk".into(), "large".into())));
    assert_eq!(office.state.register.as_of("nobody", date(2022, 1, 1)), None);
}

#[test]
fn a_change_that_becomes_known_later_is_put_where_it_belongs() {
    let mut office = register();
    does(&mut office, vec![rename("maju", "PT Maju Baru", date(2019, 3, 1))]);
    let name = |day| office.state.register.as_of("maju", day).map(|known| known.name);
    assert_eq!(name(date(2020, 1, 1)), Some("PT Maju Baru".into()));
    assert_eq!(name(date(2023, 1, 1)), Some("PT Maju Sejahtera Tbk".into()));
}

#[test]
fn everybody_is_found_by_every_name_that_was_ever_used() {
    let mut office = register();
    let alias = |id: &str, alias: &str, misprint| {
        let (id, from) = (id.into(), date(2018, 1, 1));
        RegisterChange::AddAlias { id, alias: alias.into(), misprint, from, source: SOURCE.into() }
    };
    let named = alias("raja-ampat", "Pemkab Raja Ampat", false);
    does(&mut office, vec![named, alias("raja-ampat", "Raja Empat", true), alias("maju", "株式会社 Maju", false)]);
    let ids = |text: &str| {
        let found = office.state.register.find(text);
        found.into_iter().map(|found| found.id.to_string()).collect::<Vec<_>>()
    };
    for text in ["maju jaya (pt)", "MAJU SEJAHTERA", "CV. Maju Jaya", "maju", "株式会社 MAJU"] {
        assert_eq!(ids(text), ["maju"], "{text}");
    }
    for text in ["Kab. Raja Ampat", "pemerintah kabupaten raja ampat", "RAJA EMPAT", "92.05", "96.03", "raja-ampat"] {
        assert_eq!(ids(text), ["raja-ampat"], "{text}");
    }
    for text in ["Raja Ampa", "", "  ", "PT", "x'; drop table", "medium"] {
        assert_eq!(ids(text), Vec::<String>::new(), "{text}");
    }
    let on = |text: &str, day| office.state.register.find_on(text, day).len();
    assert_eq!((on("92.05", date(2022, 1, 1)), on("92.05", date(2023, 1, 1))), (1, 0));
    assert_eq!((on("PT Maju Jaya", date(2020, 1, 1)), on("PT Maju Jaya", date(2023, 1, 1))), (1, 0));
    assert_eq!((on("Raja Empat", date(2017, 6, 1)), on("Raja Empat", date(2018, 1, 1))), (0, 1));
}

#[test]
fn history_follows_mergers_and_splits_without_lying() {
    let mut office = register();
    let day = date(2023, 4, 1);
    does(
        &mut office,
        vec![
            enter("subur", Sort::Organisation, "CV Subur", "company", date(2018, 1, 1)),
            enter("maju-subur", Sort::Organisation, "PT Maju Subur", "company", day),
            RegisterChange::Merge(become_(&["maju", "subur"], &["maju-subur"], day)),
            enter("induk", Sort::Organisation, "PT Induk", "company", date(2024, 1, 1)),
            enter("anak", Sort::Organisation, "PT Anak", "company", date(2024, 1, 1)),
            RegisterChange::Split(become_(&["maju-subur"], &["induk", "anak"], date(2024, 1, 1))),
        ],
    );
    let register = &office.state.register;
    let ids = |bodies: std::collections::BTreeSet<BodyId>| bodies.iter().map(BodyId::to_string).collect::<Vec<_>>();
    assert_eq!(ids(register.line("anak")), ["anak", "maju", "maju-subur", "subur"]);
    assert_eq!(ids(register.heirs("subur")), ["anak", "induk"]);
    assert_eq!(ids(register.heirs("raja-ampat")), ["raja-ampat"]);
    assert_eq!(register.as_of("maju", day), None);
    assert!(register.as_of("maju", date(2023, 3, 31)).is_some());
    let steps = register.history("anak");
    let days: Vec<Date> = steps.iter().map(Step::on).collect();
    assert!(days.is_sorted());
    let successions = steps.iter().filter(|step| matches!(step, Step::Succeeded(_))).count();
    assert_eq!((steps.len(), successions), (5 + 2 + 2 + 2 + 2, 2));
    assert!(!steps.iter().any(|step| matches!(step, Step::Became(id, _) if id.as_str() == "induk")));
}

#[test]
fn one_that_takes_another_over_goes_on_under_its_own_id() {
    let mut office = register();
    let day = date(2023, 4, 1);
    let subur = enter("subur", Sort::Organisation, "CV Subur", "company", date(2018, 1, 1));
    does(&mut office, vec![subur, RegisterChange::Merge(become_(&["maju", "subur"], &["maju"], day))]);
    let register = &office.state.register;
    assert!(register.as_of("maju", day).is_some() && register.as_of("subur", day).is_none());
    assert_eq!(register.line("maju").len(), 2);
}

#[test]
fn what_cannot_be_is_refused() {
    let mut office = register();
    let day = date(2023, 1, 1);
    does(&mut office, vec![enter("kota", Sort::Region, "Kota Sorong", "city", day)]);
    let missing =
        RegisterChange::Enter { id: "x".into(), sort: Sort::Region, attributes: vec![said(Attribute::Name("X".into()), day)] };
    let twice = RegisterChange::Enter {
        id: "x".into(),
        sort: Sort::Region,
        attributes: vec![
            said(Attribute::Name("X".into()), day),
            said(Attribute::Kind("city".into()), day),
            said(Attribute::Name("Y".into()), day),
        ],
    };
    let nothing = RegisterChange::Reclassify { id: "maju".into(), size: None, kind: None, from: day, source: SOURCE.into() };
    let no_source = RegisterChange::Rename { id: "maju".into(), name: "A".into(), from: day, source: String::new() };
    let cases = [
        (enter("maju", Sort::Organisation, "Lagi", "company", day), "body-known"),
        (enter("", Sort::Organisation, "Lagi", "company", day), "id-form"),
        (enter("a b", Sort::Organisation, "Lagi", "company", day), "id-form"),
        (enter("x", Sort::Organisation, "Lagi", "bank", day), "kind-unknown"),
        (enter("x", Sort::Organisation, "Lagi", "company", date(1602, 3, 20)), "day-absurd"),
        (missing, "body-without-name"),
        (twice, "attribute-twice"),
        (rename("nobody", "A", day), "body-unknown"),
        (rename("maju", "A", date(2016, 12, 31)), "body-not-yet"),
        (rename("maju", "A", date(2022, 1, 1)), "attribute-twice"),
        (rename("maju", "PT Maju Sejahtera Tbk", day), "attribute-same"),
        (rename("maju", "A", date(9999, 1, 1)), "day-absurd"),
        (no_source, "text-empty"),
        (grow("maju", "huge", day), "size-unknown"),
        (grow("maju", "large", day), "attribute-same"),
        (nothing, "reclassify-nothing"),
        (shift("raja-ampat", "maju", None, day), "region-in-organisation"),
        (shift("raja-ampat", "nowhere", None, day), "body-unknown"),
        (shift("raja-ampat", "raja-ampat", None, day), "parent-circle"),
        (shift("papua-barat-daya", "raja-ampat", None, day), "parent-circle"),
        (shift("kota", "papua-barat-daya", Some("96.03"), day), "code-taken"),
        (shift("kota", "papua-barat-daya", Some("96.71"), day), "nothing"),
        (shift("kota", "papua-barat-daya", Some("96.71"), date(2022, 12, 31)), "body-not-yet"),
        (RegisterChange::Merge(become_(&["maju"], &["kota"], day)), "succession-shape"),
        (RegisterChange::Merge(become_(&["maju", "maju"], &["kota"], day)), "succession-shape"),
        (RegisterChange::Merge(become_(&["maju", "kota"], &["raja-ampat"], day)), "succession-sorts"),
        (RegisterChange::Merge(become_(&["maju", "gone"], &["maju"], day)), "body-unknown"),
        (RegisterChange::Split(become_(&["maju"], &["maju"], day)), "succession-shape"),
        (RegisterChange::Split(become_(&[], &["maju", "kota"], day)), "succession-shape"),
    ];
    for (change, why) in cases {
        assert_eq!(refused(&office, change.clone()), why, "{change:?}");
    }
}

#[test]
fn nothing_is_said_of_a_body_after_it_ended() {
    let mut office = register();
    let day = date(2023, 4, 1);
    let subur = enter("subur", Sort::Organisation, "CV Subur", "company", date(2018, 1, 1));
    let merged = RegisterChange::Merge(become_(&["maju", "subur"], &["maju"], day));
    does(&mut office, vec![subur, merged.clone()]);
    assert_eq!(refused(&office, rename("subur", "CV Subur Lagi", day)), "body-ended");
    assert_eq!(refused(&office, rename("subur", "CV Subur Lagi", date(2023, 3, 31))), "nothing");
    assert_eq!(refused(&office, merged), "body-ended");
    let back = RegisterChange::Split(become_(&["maju"], &["maju", "subur"], date(2022, 1, 1)));
    assert_eq!(refused(&office, back), "succession-circle");
}

#[test]
fn names_are_kept_as_people_write_them() {
    let office = register();
    let day = date(2023, 1, 1);
    for name in preparation::GOOD_NAMES {
        assert_eq!(refused(&office, rename("maju", name, day)), "nothing", "{name}");
    }
    for (name, why) in bad_names() {
        assert_eq!(refused(&office, rename("maju", &name, day)), why, "{name:?}");
        let alias = RegisterChange::AddAlias { id: "maju".into(), alias: name, misprint: true, from: day, source: SOURCE.into() };
        assert_eq!(refused(&office, alias), why);
    }
}

#[test]
fn only_secretariats_and_the_centre_keep_the_register() {
    let office = register();
    let change = || Deed::ChangeRegister(rename("maju", "PT Baru", date(2023, 1, 1)));
    assert_eq!(office.refuses(&secretariat("51"), "", change()), "nothing");
    for actor in [branch("51"), candidate("maju"), preparation::chair("51")] {
        assert_eq!(office.refuses(&actor, "", change()), "not-your-task");
    }
}
