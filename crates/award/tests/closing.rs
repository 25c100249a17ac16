//! Closing of judging: everything that is missing is named, what can be waived is waived for a reason, and the act says where the journal
//! stood.

use crate::support;
use crate::support::Small;
use crate::support::office::{
    Office, bali, chair, claim, declared, elsewhere, juror_of, plain, secretariat, sheet, verifier, with_panel,
};
use award::closing::{Led, MissingThing, Waivable, Waiver, missing};
use award::interest::{Declaration, Interest};
use award::sheet::{Reopening, SheetAt, SheetStage};
use award::{Actor, Deed, Fact};

fn close(position: Option<u64>) -> Deed {
    Deed::CloseJudging(bali(), position)
}

fn waive(what: Waivable, candidate: Option<&str>) -> Deed {
    Deed::WaiveMissing(bali(), Waiver { what, candidate: candidate.map(Into::into), reason: "decided in the plenary".into() })
}

fn blind() -> Small {
    plain().rule("quota = 1\nreserves = 1", "quota = 1\nreserves = 1\nblind = true\nsecond_reading = 0.1")
}

#[test]
fn closing_names_the_position_of_the_journal_and_happens_once() {
    let mut office = declared(&plain()).judged();
    let closed = office.done(chair(), close(Some(1_204)));
    assert_eq!(closed, [Fact::JudgingClosed(bali()), Fact::ClosedAt { contest: bali(), position: 1_204 }]);
    assert_eq!(office.contest().closed_at, Some(1_204));
    assert_eq!(office.refused(chair(), close(Some(1_205))), "closed-twice");
    let mut file = declared(&plain()).judged();
    assert_eq!(file.done(chair(), close(None)), [Fact::JudgingClosed(bali())]);
    for (actor, expected) in [(secretariat(), "not-your-task"), (Actor::Chair(elsewhere()), "other-round")] {
        assert_eq!(declared(&plain()).judged().refused(actor, close(Some(1))), expected);
    }
}

#[test]
fn what_a_file_does_not_tell_is_asked_of_the_office_only() {
    let mut office = declared(&blind()).judged();
    let things = vec![
        MissingThing::SampleNotDrawn,
        MissingThing::NotRanked("j1".into()),
        MissingThing::NotRanked("j2".into()),
        MissingThing::NotRanked("j3".into()),
    ];
    assert_eq!(missing(&office.state, &bali(), Led::Office), things);
    assert_eq!(missing(&office.state, &bali(), Led::File), []);
    assert_eq!(office.refused(chair(), close(Some(9))), "things-missing");
    let told = office.told(chair(), close(Some(9)));
    assert_eq!(
        told,
        "Judging of province/51/city cannot be closed yet: 4 things are missing (the sample for the second reader is not drawn, the ranking of j1, the ranking of j2, the ranking of j3)."
    );
    office.done(chair(), waive(Waivable::Ranking, None));
    assert_eq!(office.refused(chair(), waive(Waivable::Ranking, None)), "nothing-to-waive");
    office.done(chair(), waive(Waivable::SecondReading, None));
    assert_eq!(office.refused(chair(), close(Some(9))), "nothing");
    assert_eq!(office.refused(chair(), waive(Waivable::SecondReading, None)), "waive-closed");
}

#[test]
fn a_waiver_needs_a_reason_something_missing_and_the_chair() {
    let mut office = declared(&blind()).judged();
    let without_reason = Deed::WaiveMissing(bali(), Waiver { what: Waivable::Ranking, candidate: None, reason: " ".into() });
    for (actor, deed, expected) in [
        (chair(), without_reason, "text-empty"),
        (secretariat(), waive(Waivable::Ranking, None), "not-your-task"),
        (chair(), waive(Waivable::Attendance, None), "nothing-to-waive"),
        (chair(), waive(Waivable::SecondReading, Some("atlantis")), "not-in-contest"),
    ] {
        assert_eq!(office.refused(actor, deed), expected);
    }
}

#[test]
fn an_undeclared_juror_can_be_waived_for_one_candidate() {
    let mut office = with_panel(&plain());
    for juror in ["j1", "j2", "j3"] {
        for candidate in ["badung", "gianyar", "denpasar"] {
            if (juror, candidate) != ("j3", "denpasar") {
                office.done(juror_of(juror), Deed::DeclareInterest(bali(), support::office::none(juror, candidate)));
                office.done(juror_of(juror), Deed::HandInVersion(bali(), sheet(juror, candidate, "70")));
            }
        }
    }
    for candidate in ["badung", "gianyar", "denpasar"] {
        let check = |id: &str, value: &str| Deed::CheckClaim(bali(), support::office::check(candidate, id, value));
        office.done(verifier(), check("workers", "100"));
        office.done(verifier(), check("members", "70"));
    }
    let undeclared = MissingThing::NotDeclared { juror: "j3".into(), candidate: "denpasar".into() };
    assert_eq!(missing(&office.state, &bali(), Led::Office), [undeclared]);
    office.done(chair(), waive(Waivable::Declaration, Some("denpasar")));
    // The marks are asked for all the same.
    assert_eq!(office.refused(chair(), close(Some(9))), "marks-missing");
    office.done(chair(), Deed::WaiveAbsence(bali(), Some("denpasar".into()), "ill".into()));
    assert_eq!(office.refused(chair(), close(Some(9))), "nothing");
}

/// What must be done before closing and cannot be waived.
fn unwaivable() -> [(&'static str, Office, MissingThing); 4] {
    let at = || SheetAt { juror: "j1".into(), candidate: "badung".into(), stage: SheetStage::Judging };
    let heard = plain().rule("\"verification\", \"judging\"", "\"verification\", \"interview\", \"judging\"");
    let mut finding = declared(&heard).judged();
    finding.done(chair(), waive(Waivable::Attendance, None));
    let noted = award::evidence::Finding { of: claim("badung", "members"), findings: "60, not 80".into(), by: "ani".into() };
    finding.done(verifier(), Deed::FindAtInterview(bali(), noted));
    let mut reopened = declared(&plain()).judged();
    let again = Reopening { of: at(), version: 1, by: "j1".into(), reason: "mixed up".into() };
    reopened.done(chair(), Deed::ReopenSheet(bali(), again.clone()));
    let mut paper = declared(&plain()).judged();
    paper.done(chair(), Deed::ReopenSheet(bali(), again));
    let mut typed = sheet("j1", "badung", "90");
    (typed.version, typed.entered_by) = (2, Some("putu".into()));
    paper.done(secretariat(), Deed::EnterPaper(bali(), typed));
    let mut doubt = declared(&plain()).judged();
    let says = Interest::InDoubt { reason: "I remember something.".into() };
    let declaration = Declaration { juror: "j2".into(), candidate: "badung".into(), says };
    doubt.done(juror_of("j2"), Deed::DeclareInterest(bali(), declaration));
    [
        ("finding", finding, MissingThing::ClaimReopened(claim("badung", "members"))),
        ("reopened", reopened, MissingThing::SheetReopened(at())),
        ("paper", paper, MissingThing::PaperOnce(at())),
        ("doubt", doubt, MissingThing::DoubtOpen { juror: "j2".into(), candidate: "badung".into() }),
    ]
}

#[test]
fn what_was_opened_again_must_be_done_and_cannot_be_waived() {
    for (case, mut office, thing) in unwaivable() {
        assert!(missing(&office.state, &bali(), Led::Office).contains(&thing), "{case}");
        assert_eq!(thing.waivable(), None, "{case}");
        assert_eq!(office.refused(chair(), close(Some(9))), "things-missing", "{case}");
    }
}

#[test]
fn of_whom_it_is_not_known_whether_it_came_closing_asks() {
    let small = plain().rule("\"verification\", \"judging\"", "\"verification\", \"interview\", \"judging\"");
    let office = declared(&small).judged();
    let unheard: Vec<MissingThing> =
        ["badung", "gianyar", "denpasar"].into_iter().map(|candidate| MissingThing::NotHeard(candidate.into())).collect();
    assert_eq!(missing(&office.state, &bali(), Led::Office), unheard);
    assert_eq!(missing(&office.state, &bali(), Led::File), []);
}
