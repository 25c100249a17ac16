//! What takes two or three people is asked of persons, not of names: two people of one name are two, and one person is one however the
//! id or the name is spelled. (That a round moves to another rulebook by two persons stands with the opening.)

use crate::acting;
use crate::acting::{FILE, cities, noon};
use crate::support::office::{Office, bali, check, claim, declared, office, plain, round, secretariat, sheet, verifier};
use crate::support::small;
use award::evidence::{FieldVisit, SecondReading};
use award::people::PeopleChange;
use award::round::Aide;
use award::sheet::SheetVersion;
use award::stage::announcement::Embargo;
use award::stage::revocation::{Confirmation, Revocation};
use award::{Actor, Deed, Role};
use jiff::civil::date;
use rules::Stage;

const SEED: &str = "Nyepi 2020";

fn enter(person: &str, name: &str) -> Deed {
    Deed::ChangePeople(PeopleChange::Enter { person: person.into(), name: name.into() })
}

/// Two people are called Made: `made-1` verified a figure that was drawn for a second reading.
fn drawn(verified: Deed) -> Office {
    let sampled = plain().rule("quota = 1\nreserves = 1", "quota = 1\nreserves = 1\nsecond_reading = 1");
    let mut office = office(&sampled);
    office.done(Actor::Centre, enter("made-1", "I Made Sudana"));
    office.done(Actor::Centre, enter("made-2", "I Made Sudana"));
    office.done(secretariat(), Deed::CommitSample(bali(), tally::lot::commitment(SEED)));
    office.done(verifier(), verified);
    office.done(secretariat(), Deed::DrawSample(bali(), SEED.into()));
    office
}

fn by_made() -> Deed {
    Deed::CheckClaim(bali(), award::evidence::ClaimCheck { by: "made-1".into(), ..check("badung", "members", "80") })
}

fn reads(by: &str) -> Deed {
    let verified = Some(80_u32.into());
    Deed::ReadAgain(bali(), SecondReading { of: claim("badung", "members"), by: by.into(), verified, note: None })
}

#[test]
fn the_second_reader_is_another_person_than_the_verifier_even_of_the_same_name() {
    for (reader, expected) in
        [("made-1", "same-reader"), ("MADE-1", "person-unknown"), ("I Made Sudana", "person-unknown"), ("made-2", "nothing")]
    {
        assert_eq!(drawn(by_made()).refused(verifier(), reads(reader)), expected, "{reader}");
    }
}

#[test]
fn of_a_verifier_whom_only_a_file_names_every_bearer_of_that_name_may_be_the_same() {
    let from_file = || {
        let claim = award::cycle::tables::Claim {
            candidate: "badung".into(),
            claim: "members".into(),
            claimed: None,
            verified: Some(80_u32.into()),
            as_of: None,
            source: None,
            evidence: None,
            verifier: Some(" i made  SUDANA".into()),
            reason: None,
            level: "province".into(),
        };
        Deed::VerifyClaim(bali(), claim)
    };
    for (reader, expected) in [("made-1", "same-reader"), ("made-2", "same-reader"), ("dewi", "nothing")] {
        assert_eq!(drawn(from_file()).refused(verifier(), reads(reader)), expected, "{reader}");
    }
}

#[test]
fn nobody_is_entered_twice_under_two_spellings_of_an_id() {
    let mut office = office(&plain());
    office.done(Actor::Centre, enter("made-1", "I Made Sudana"));
    assert_eq!(office.refused(Actor::Centre, enter("Made-1", "I Made Sudana")), "person-known");
}

#[test]
fn whoever_visits_is_a_person_on_record() {
    let visit = |visitor: &str| {
        let at = date(2020, 12, 3).at(9, 0, 0, 0);
        let (place, findings) = ("Mengwi".into(), "all is well".into());
        let visitors = vec!["dewi".into(), visitor.into()];
        Deed::ReportVisit(bali(), FieldVisit { candidate: "badung".into(), visitors, at, place, findings, files: vec![] })
    };
    assert_eq!(office(&plain()).refused(verifier(), visit("Dewi")), "person-unknown");
    assert_eq!(office(&plain()).refused(verifier(), visit("ani")), "nothing");
}

fn types(typist: &str) -> Deed {
    Deed::EnterPaper(bali(), SheetVersion { entered_by: Some(typist.into()), ..sheet("j1", "badung", "80") })
}

#[test]
fn paper_is_typed_by_two_persons_and_the_second_is_not_the_jurors_aide() {
    let mut office = declared(&plain());
    for (person, name) in [("made-1", "I Made"), ("made-2", "I Made")] {
        office.done(Actor::Centre, enter(person, name));
    }
    let aide = Aide { juror: "j1".into(), aide: "kadek".into(), from: date(2020, 12, 1), to: None, reason: "Writes".into() };
    office.done(secretariat(), Deed::AppointAide(round(), aide));
    office.done(secretariat(), types("made-1"));
    for (typist, expected) in [
        ("made-1", "paper-same-person"),
        ("MADE-1", "person-unknown"),
        ("kadek", "paper-aide"),
        ("nobody", "person-unknown"),
        ("made-2", "nothing"),
    ] {
        assert_eq!(office.refused(secretariat(), types(typist)), expected, "{typist}");
    }
}

#[test]
fn a_result_is_locked_by_three_persons() {
    let mut office = acting::Office::after(&small(), Stage::Plenary);
    office.does("sari", Role::Secretariat, Deed::ProposeResult(cities(), "sari".into()), noon());
    let check = |by: &str| Deed::CheckResult(cities(), by.into());
    assert_eq!(office.refused("sari", Role::Verifier, check("sari"), noon()), "takes-another");
    assert_eq!(office.refused("Sari", Role::Verifier, check("Sari"), noon()), "person-unknown", "nobody is entered so");
    office.does("made", Role::Verifier, check("made"), noon());
    for twice in ["sari", "made"] {
        let lock = Deed::LockResult(cities(), twice.into());
        assert_eq!(office.refused(twice, Role::Chair, lock, noon()), "takes-another", "{twice}");
    }
    office.does("made-2", Role::Chair, Deed::LockResult(cities(), "made-2".into()), noon());
}

fn locked() -> acting::Office {
    let mut office = acting::Office::after(&small(), Stage::Plenary);
    office.locked();
    office
}

#[test]
fn a_result_is_announced_by_two_persons() {
    let mut office = locked();
    let embargo = Embargo { not_before: noon(), by: "sari".into(), of_result: Some(1) };
    office.does("sari", Role::Secretariat, Deed::ProposeAnnouncement(cities(), embargo), noon());
    let confirm = |by: &str| Deed::ConfirmAnnouncement(cities(), by.into());
    assert_eq!(office.refused("sari", Role::Chair, confirm("sari"), noon()), "takes-another");
    office.does("ayu", Role::Chair, confirm("ayu"), noon());
}

#[test]
fn an_award_is_revoked_by_two_persons() {
    let mut office = locked();
    let revocation = Revocation {
        candidate: "badung".into(),
        reason: "Tunggakan iuran tiga bulan.".into(),
        evidence: vec![FILE.into()],
        by: "sari".into(),
    };
    office.does("sari", Role::Secretariat, Deed::ProposeRevocation(cities(), revocation), noon());
    let confirm = |by: &str| Deed::ConfirmRevocation(cities(), Confirmation { candidate: "badung".into(), by: by.into() });
    assert_eq!(office.refused("sari", Role::Chair, confirm("sari"), noon()), "takes-another");
    office.does("ayu", Role::Chair, confirm("ayu"), noon());
}
