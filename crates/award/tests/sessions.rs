//! The plenary sits: attendance and quorum, motions, votes, dissent, revised sheets with before and after, an acting chair, minutes.

use crate::acting::{Office, bali, cities, nation, noon, only};
use crate::support::{Small, small};
use award::act::MarkCorrection;
use award::limit::TEXT_CHARS_MAX;
use award::panel::Left;
use award::stage::revision::movement;
use award::stage::session::{ChairGiven, Choice, Minutes, Motion, PlenaryOpening, PlenaryPresence, Session, Vote, VoteCount};
use award::{ContestKey, Deed, Fact, Role};
use rules::Stage;
use rules::rulebook::GivenSheets;

/// Two of three make the quorum; a member may chair where the chair is recused.
fn acting() -> Small {
    small().rule("quorum = 2", "quorum = 2\nacting_chair = true")
}

fn counted() -> Office {
    Office::after(&acting(), Stage::Counting)
}

fn opening(present: &[&str]) -> PlenaryOpening {
    PlenaryOpening {
        session: "pleno-1".into(),
        panel: "team".into(),
        place: "Ruang rapat Sekda".into(),
        present: present.iter().map(|juror| (*juror).into()).collect(),
        chair: "j1".into(),
        acting_because: None,
        by: "sari".into(),
    }
}

fn open(opening: PlenaryOpening) -> Deed {
    Deed::OpenPlenary(bali(), opening)
}

/// With all three jurors in the room.
fn in_session() -> Office {
    let mut office = counted();
    office.does("sari", Role::Secretariat, open(opening(&["j1", "j2", "j3"])), noon());
    office
}

fn motion(id: &str) -> Motion {
    Motion {
        session: "pleno-1".into(),
        motion: id.into(),
        text: "Menetapkan Kabupaten Badung sebagai peringkat pertama.".into(),
        mover: "j2".into(),
        seconder: "j3".into(),
        contest: Some(cities()),
        candidates: vec!["badung".into()],
    }
}

fn make(motion: Motion) -> Deed {
    Deed::MakeMotion(bali(), motion)
}

fn vote(juror: &str, choice: Choice, dissent: Option<&str>) -> Deed {
    let vote =
        Vote { session: "pleno-1".into(), motion: "m1".into(), juror: juror.into(), choice, dissent: dissent.map(Into::into) };
    Deed::CastVote(bali(), vote)
}

fn close_vote(motion: &str) -> Deed {
    Deed::CloseVote(bali(), "pleno-1".into(), motion.into())
}

fn leaves(juror: &str) -> Deed {
    Deed::NotePresence(bali(), PlenaryPresence { session: "pleno-1".into(), juror: juror.into(), is_there: false })
}

fn minutes(number: &str) -> Deed {
    let minutes = Minutes {
        session: "pleno-1".into(),
        minutes_number: number.into(),
        decree_number: Some("SK 560/21/2021".into()),
        by: "ayu".into(),
    };
    Deed::ClosePlenary(bali(), minutes)
}

fn mark(value: &str) -> tally::Mark {
    tally::Mark::Given(value.parse().expect("a number"))
}

fn revision(juror: &str, old: &str, new: &str) -> Deed {
    let revision = MarkCorrection {
        juror: juror.into(),
        candidate: "gianyar".into(),
        indicator: "innovation".into(),
        old: mark(old),
        new: mark(new),
        reason: "Penjelasan dalam pleno".into(),
    };
    Deed::ReviseSheet(cities(), revision)
}

fn session(office: &Office) -> &Session {
    &office.state.rounds[&bali()].sessions[0]
}

#[test]
fn a_session_opens_with_its_quorum_and_its_chair() {
    let elsewhere = PlenaryOpening { panel: "nobody".into(), ..opening(&["j1", "j2"]) };
    let acting = PlenaryOpening { chair: "j2".into(), ..opening(&["j1", "j2"]) };
    let because = PlenaryOpening { acting_because: Some("ketua berhalangan".into()), ..acting.clone() };
    let absent = PlenaryOpening { chair: "j3".into(), ..opening(&["j1", "j2"]) };
    let cases = [
        (opening(&["j1", "j2"]), "nothing"),
        (because.clone(), "nothing"),
        (opening(&["j1"]), "plenary-quorum"),
        (opening(&["j1", "j1"]), "present-twice"),
        (opening(&["j1", "j9"]), "not-of-panel"),
        (absent, "not-present"),
        (acting, "text-empty"),
        (elsewhere, "no-such-panel"),
        (PlenaryOpening { place: "Ruang\u{7}rapat".into(), ..opening(&["j1", "j2"]) }, "text-control"),
        (PlenaryOpening { session: "x".repeat(81), ..opening(&["j1", "j2"]) }, "text-too-long"),
    ];
    for (opening, expected) in cases {
        let refused = counted().refused("sari", Role::Secretariat, open(opening.clone()), noon());
        assert_eq!(refused.split(':').next(), Some(expected), "{opening:?}");
    }
    let strict = &mut Office::after(&small(), Stage::Counting);
    assert_eq!(strict.refused("sari", Role::Secretariat, open(because), noon()), "acting-chair-barred");
}

#[test]
fn one_session_of_a_panel_is_open_at_a_time() {
    let mut office = in_session();
    assert_eq!(office.refused("sari", Role::Secretariat, open(opening(&["j1", "j2"])), noon()), "plenary-twice");
    let second = PlenaryOpening { session: "pleno-2".into(), ..opening(&["j1", "j2"]) };
    assert_eq!(office.refused("sari", Role::Secretariat, open(second.clone()), noon()), "plenary-open");
    office.does("ayu", Role::Chair, minutes("BA/1"), noon());
    office.does("sari", Role::Secretariat, open(second), noon());
}

#[test]
fn only_those_whose_task_it_is_hold_a_session() {
    let mut office = in_session();
    only(&mut office, &[Role::Secretariat, Role::Chair, Role::ActingChair], &open(opening(&["j1", "j2"])), noon());
    only(&mut office, &[Role::Chair, Role::ActingChair], &close_vote("m1"), noon());
    only(&mut office, &[Role::Chair, Role::ActingChair], &minutes("BA/1"), noon());
    only(&mut office, &[Role::Juror], &vote("j1", Choice::For, None), noon());
    assert_eq!(office.refused("j2", Role::Juror, vote("j1", Choice::For, None), noon()), "other-juror");
    assert_eq!(office.refused("sari", Role::Chair, minutes("BA/1"), noon()), "not-you");
}

#[test]
fn more_votes_for_than_against_carry_a_motion_and_dissent_is_kept() {
    let mut office = in_session();
    office.does("j2", Role::Juror, make(motion("m1")), noon());
    office.does("j2", Role::Juror, vote("j2", Choice::For, None), noon());
    office.does("j1", Role::Juror, vote("j1", Choice::Against, Some("Cakupan 80 % belum cukup.")), noon());
    office.does("j3", Role::Juror, vote("j3", Choice::Abstain, None), noon());
    office.does("ayu", Role::Chair, close_vote("m1"), noon());
    let tied = VoteCount { votes_for: 1, votes_against: 1, abstained: 1, carried: false };
    assert_eq!(session(&office).motion("m1").and_then(|moved| moved.count), Some(tied));
    let dissent: Vec<(&str, &str)> = session(&office).dissent().map(|(juror, text)| (juror.as_str(), text)).collect();
    assert_eq!(dissent, [("j1", "Cakupan 80 % belum cukup.")]);
}

#[test]
fn a_vote_counts_once_from_those_present_and_needs_the_quorum() {
    let mut office = in_session();
    office.does("j2", Role::Juror, make(motion("m1")), noon());
    office.does("j2", Role::Juror, vote("j2", Choice::For, None), noon());
    assert_eq!(office.refused("j2", Role::Juror, vote("j2", Choice::Against, None), noon()), "voted-twice");
    assert_eq!(office.refused("j1", Role::Juror, vote("j1", Choice::For, Some("tidak")), noon()), "dissent-for");
    assert_eq!(office.refused("ayu", Role::Chair, close_vote("m1"), noon()), "plenary-quorum");
    office.does("sari", Role::Secretariat, leaves("j3"), noon());
    assert_eq!(office.refused("j3", Role::Juror, vote("j3", Choice::For, None), noon()), "not-present");
    office.does("j1", Role::Juror, vote("j1", Choice::For, None), noon());
    office.does("ayu", Role::Chair, close_vote("m1"), noon());
    assert_eq!(office.refused("ayu", Role::Chair, close_vote("m1"), noon()), "vote-closed");
    assert_eq!(office.refused("j1", Role::Juror, vote("j1", Choice::For, None), noon()), "vote-closed");
    assert_eq!(office.refused("ayu", Role::Chair, close_vote("m9"), noon()), "no-such-motion");
}

#[test]
fn a_recused_juror_has_no_part_in_a_motion_on_that_candidate() {
    let conflicts = "level,juror,candidate,kind,recused,reason\nprovince,j1,badung,personal,yes,brother\n";
    let recused = acting().replace("marks.csv", "j1,badung,innovation,80\n", "").file("conflicts.csv", conflicts);
    let mut office = Office::after(&recused, Stage::Counting);
    office.does("sari", Role::Secretariat, open(opening(&["j1", "j2", "j3"])), noon());
    office.does("j2", Role::Juror, make(motion("m1")), noon());
    assert_eq!(office.refused("j1", Role::Juror, vote("j1", Choice::For, None), noon()), "recused-vote");
    let own = Motion { mover: "j1".into(), ..motion("m2") };
    assert_eq!(office.refused("j1", Role::Juror, make(own), noon()), "recused-vote");
    let all = Motion { mover: "j1".into(), candidates: Vec::new(), ..motion("m2") };
    assert_eq!(office.refused("j1", Role::Juror, make(all), noon()), "recused-vote");
    let others = Motion { mover: "j1".into(), candidates: vec!["gianyar".into()], ..motion("m2") };
    office.does("j1", Role::Juror, make(others), noon());
}

#[test]
fn a_motion_is_seconded_by_another_and_concerns_the_own_panel() {
    let cases = [
        (Motion { seconder: "j2".into(), ..motion("m1") }, "own-second"),
        (Motion { seconder: "j9".into(), ..motion("m1") }, "not-present"),
        (Motion { contest: Some(nation()), ..motion("m1") }, "motion-elsewhere"),
        (Motion { candidates: vec!["nobody".into()], ..motion("m1") }, "not-in-contest"),
        (Motion { text: " \n".into(), ..motion("m1") }, "text-empty"),
        (Motion { text: "a".repeat(TEXT_CHARS_MAX + 1), ..motion("m1") }, "text-too-long"),
        (Motion { text: "a\u{202e}b".into(), ..motion("m1") }, "text-control"),
        (Motion { session: "pleno-9".into(), ..motion("m1") }, "no-such-plenary"),
        (Motion { contest: None, ..motion("m1") }, "motion-contest-untold"),
    ];
    let mut office = in_session();
    for (motion, expected) in cases {
        assert_eq!(office.refused("j2", Role::Juror, make(motion.clone()), noon()), expected, "{motion:?}");
    }
    office.does("j2", Role::Juror, make(Motion { text: "Kab. Ba'a, desa “Ñ” 中\n".repeat(20), ..motion("m1") }), noon());
    assert_eq!(office.refused("j2", Role::Juror, make(motion("m1")), noon()), "motion-twice");
}

#[test]
fn ratification_needs_an_open_session_with_quorum_once_one_is_on_record() {
    let ratify = Deed::Ratify(cities());
    let mut office = in_session();
    office.does("j2", Role::Juror, make(motion("m1")), noon());
    assert_eq!(office.refused("ayu", Role::Chair, ratify.clone(), noon()), "motion-open");
    office.does("j2", Role::Juror, vote("j2", Choice::For, None), noon());
    office.does("j3", Role::Juror, vote("j3", Choice::For, None), noon());
    office.does("ayu", Role::Chair, close_vote("m1"), noon());
    for juror in ["j2", "j3"] {
        office.does("sari", Role::Secretariat, leaves(juror), noon());
    }
    assert_eq!(office.refused("ayu", Role::Chair, ratify.clone(), noon()), "plenary-quorum");
    office.does("ayu", Role::Chair, minutes("BA/1"), noon());
    assert_eq!(office.refused("ayu", Role::Chair, ratify.clone(), noon()), "no-plenary");
    let second = PlenaryOpening { session: "pleno-2".into(), ..opening(&["j1", "j2"]) };
    office.does("sari", Role::Secretariat, open(second), noon());
    office.does("ayu", Role::Chair, ratify, noon());
}

#[test]
fn a_revised_mark_keeps_before_and_after_and_the_movement_is_told() {
    let mut office = in_session();
    office.does("j1", Role::Juror, revision("j1", "70", "100"), noon());
    assert_eq!(office.refused("ayu", Role::Chair, Deed::Ratify(cities()), noon()), "not-counted");
    office.does("sari", Role::Secretariat, Deed::Count(cities()), noon());
    // (100 + 80 + 90) / 3 = 90, with 70 for coverage: 80. The ladder puts the higher mark first.
    assert_eq!(office.result(&cities())[..2], ["1 gianyar 80 Advances", "2 badung 80 Reserve(1)"]);
    let moves = movement(&office.state, &cities()).expect("it can be counted");
    let place = |at: &Option<tally::change::Whereabouts>| at.as_ref().and_then(|at| at.place);
    let moved: Vec<_> = moves.iter().map(|one| (one.entry.as_str(), place(&one.before), place(&one.after))).collect();
    assert_eq!(moved, [("gianyar", Some(2), Some(1)), ("badung", Some(1), Some(2)), ("denpasar", Some(3), Some(3))]);
    let kept = &office.state.contests[&cities()].closing.revisions;
    assert_eq!((kept[0].old.clone(), kept[0].new.clone()), (mark("70"), mark("100")));
    assert!(office.is_kept());
}

#[test]
fn a_mark_is_revised_by_its_juror_in_the_session_and_within_the_scale() {
    let mut office = in_session();
    assert_eq!(office.refused("j2", Role::Juror, revision("j1", "70", "90"), noon()), "other-juror");
    assert_eq!(office.refused("j1", Role::Juror, revision("j1", "71", "90"), noon()), "revise-other-mark");
    assert_eq!(office.refused("j1", Role::Juror, revision("j1", "70", "70"), noon()), "revise-other-mark");
    assert_eq!(office.refused("j1", Role::Juror, revision("j1", "70", "101"), noon()), "problem-cycle-mark-out-of-range");
    office.does("sari", Role::Secretariat, leaves("j3"), noon());
    assert_eq!(office.refused("j3", Role::Juror, revision("j3", "90", "80"), noon()), "not-present");
    let mut outside = counted();
    assert_eq!(outside.refused("j1", Role::Juror, revision("j1", "70", "90"), noon()), "no-plenary");
}

#[test]
fn the_chair_hands_over_before_leaving() {
    let mut office = in_session();
    assert_eq!(office.refused("sari", Role::Secretariat, leaves("j1"), noon()), "chair-leaves");
    let given = |chair: &str| {
        Deed::GiveChair(bali(), ChairGiven { session: "pleno-1".into(), chair: chair.into(), reason: "Seri".into() })
    };
    assert_eq!(office.refused("ayu", Role::Chair, given("j1"), noon()), "chairs-already");
    assert_eq!(office.refused("ayu", Role::Chair, given("j9"), noon()), "not-present");
    office.does("ayu", Role::Chair, given("j2"), noon()).does("sari", Role::Secretariat, leaves("j1"), noon());
    assert_eq!(office.refused("sari", Role::Secretariat, leaves("j1"), noon()), "not-present");
    assert_eq!((session(&office).chair.as_str(), session(&office).present.len()), ("j2", 2));
}

#[test]
fn minutes_close_a_session_once_with_a_number_of_their_own() {
    let mut office = in_session();
    office.does("j2", Role::Juror, make(motion("m1")), noon());
    assert_eq!(office.refused("ayu", Role::Chair, minutes("BA/1"), noon()), "motion-open");
    for juror in ["j2", "j3"] {
        office.does(juror, Role::Juror, vote(juror, Choice::For, None), noon());
    }
    office.does("ayu", Role::Chair, close_vote("m1"), noon());
    assert_eq!(office.refused("ayu", Role::Chair, minutes(""), noon()), "text-empty");
    office.does("ayu", Role::Chair, minutes("BA/1"), noon());
    assert_eq!(office.refused("ayu", Role::Chair, minutes("BA/1"), noon()), "plenary-closed");
    assert_eq!(office.refused("j2", Role::Juror, make(motion("m2")), noon()), "plenary-closed");
    let second = PlenaryOpening { session: "pleno-2".into(), ..opening(&["j1", "j2"]) };
    office.does("sari", Role::Secretariat, open(second), noon());
    let again = Minutes { session: "pleno-2".into(), minutes_number: "BA/1".into(), decree_number: None, by: "ayu".into() };
    assert_eq!(office.refused("ayu", Role::Chair, Deed::ClosePlenary(bali(), again), noon()), "minutes-twice");
}

#[test]
fn a_session_of_another_region_decides_nothing_here() {
    let mut office = in_session();
    let lampung = award::RoundKey { level: "province".into(), region: Some("18".into()) };
    let elsewhere = Deed::OpenPlenary(lampung.clone(), opening(&["j1", "j2"]));
    assert_eq!(office.refused("sari", Role::Secretariat, elsewhere, noon()), "not-of-panel");
    let there = ContestKey { round: lampung, category: "city".into() };
    let moved = Motion { contest: Some(there), candidates: Vec::new(), ..motion("m1") };
    assert_eq!(office.refused("j2", Role::Juror, make(moved), noon()), "motion-elsewhere");
}

#[test]
fn who_leads_judging_in_the_office_ratifies_in_a_session() {
    let mut office = counted();
    office.happened(Fact::ClosedAt { contest: cities(), position: 9 });
    let ratify = || Deed::Ratify(cities());
    assert_eq!(office.refused("ayu", Role::Chair, ratify(), noon()), "no-plenary");
    office.does("sari", Role::Secretariat, open(opening(&["j1", "j2", "j3"])), noon());
    office.does("ayu", Role::Chair, ratify(), noon());
    assert_eq!(office.refused("ayu", Role::Chair, ratify(), noon()), "ratified");
}

#[test]
fn what_changed_since_it_was_ratified_is_ratified_anew() {
    let mut office = in_session();
    office.does("ayu", Role::Chair, Deed::Ratify(cities()), noon());
    office.happened(Fact::MarkCorrected(cities(), corrected()));
    assert_eq!(office.refused("ayu", Role::Chair, Deed::Ratify(cities()), noon()), "not-counted");
    office.does("sari", Role::Secretariat, Deed::Count(cities()), noon());
    let propose = || Deed::ProposeResult(cities(), "sari".into());
    assert_eq!(office.refused("sari", Role::Secretariat, propose(), noon()), "changed-since-ratified");
    office.does("ayu", Role::Chair, Deed::Ratify(cities()), noon());
    office.does("sari", Role::Secretariat, propose(), noon());
    assert_eq!(office.refused("ayu", Role::Chair, Deed::Ratify(cities()), noon()), "ratified");
}

/// The mark of Ayu for Gianyar was 100, not 70.
fn corrected() -> MarkCorrection {
    MarkCorrection {
        juror: "j1".into(),
        candidate: "gianyar".into(),
        indicator: "innovation".into(),
        old: mark("70"),
        new: mark("100"),
        reason: "wrong line".into(),
    }
}

/// Citra leaves, and Dewi has her seat.
fn replaced(office: &mut Office) {
    let left = Left { juror: "j3".into(), successor: "j4".into(), sheets: GivenSheets::Keep, reason: "retired".into() };
    office.happened(Fact::MemberLeft(bali(), left));
    let mut dewi = office.state.rounds[&bali()].panel.iter().find(|one| one.juror.as_str() == "j3").expect("she sits").clone();
    (dewi.juror, dewi.name) = ("j4".into(), "Dewi".into());
    office.happened(Fact::Appointed(bali(), dewi));
}

#[test]
fn who_was_replaced_during_a_session_is_no_longer_in_it() {
    let mut office = in_session();
    office.does("j2", Role::Juror, make(motion("m1")), noon());
    replaced(&mut office);
    assert_eq!(office.refused("j3", Role::Juror, vote("j3", Choice::For, None), noon()), "not-of-panel");
    assert_eq!(office.refused("j2", Role::Juror, make(motion("m2")), noon()), "not-of-panel");
    assert_eq!(office.refused("j3", Role::Juror, revision("j3", "90", "80"), noon()), "not-of-panel");
    office.does("j2", Role::Juror, vote("j2", Choice::For, None), noon());
    office.does("sari", Role::Secretariat, leaves("j3"), noon());
}

#[test]
fn a_seat_votes_once_also_when_it_changed_hands_after_voting() {
    let mut office = in_session();
    office.does("j2", Role::Juror, make(motion("m1")), noon());
    office.does("j3", Role::Juror, vote("j3", Choice::For, None), noon());
    office.does("j2", Role::Juror, vote("j2", Choice::Against, None), noon());
    replaced(&mut office);
    assert_eq!(office.refused("ayu", Role::Chair, close_vote("m1"), noon()), "plenary-quorum");
    let comes = PlenaryPresence { session: "pleno-1".into(), juror: "j4".into(), is_there: true };
    office.does("sari", Role::Secretariat, Deed::NotePresence(bali(), comes), noon());
    office.does("j4", Role::Juror, vote("j4", Choice::Against, None), noon());
    office.does("ayu", Role::Chair, close_vote("m1"), noon());
    let count = VoteCount { votes_for: 0, votes_against: 2, abstained: 0, carried: false };
    assert_eq!(session(&office).motion("m1").and_then(|moved| moved.count), Some(count));
}

#[test]
fn who_was_replaced_does_not_make_the_quorum_of_a_ratification() {
    let mut office = counted();
    office.does("sari", Role::Secretariat, open(opening(&["j1", "j3"])), noon());
    replaced(&mut office);
    assert_eq!(office.refused("ayu", Role::Chair, Deed::Ratify(cities()), noon()), "plenary-quorum");
}

#[test]
fn who_is_recused_does_not_make_the_quorum_of_a_motion() {
    let conflicts = "level,juror,candidate,kind,recused,reason\nprovince,j1,badung,personal,yes,brother\n";
    let recused = acting().rule("quorum = 2", "quorum = 3").replace("marks.csv", "j1,badung,innovation,80\n", "");
    let mut office = Office::after(&recused.file("conflicts.csv", conflicts), Stage::Verification);
    office.does("sari", Role::Secretariat, open(opening(&["j1", "j2", "j3"])), noon());
    assert_eq!(office.refused("j2", Role::Juror, make(motion("m1")), noon()), "plenary-quorum");
    let others = Motion { candidates: vec!["gianyar".into()], ..motion("m1") };
    office.does("j2", Role::Juror, make(others), noon());
}

#[test]
fn a_motion_is_moved_by_the_juror_and_by_nobody_in_the_name_of_the_juror() {
    let mut office = in_session();
    assert_eq!(office.refused("sari", Role::Secretariat, make(motion("m1")), noon()), "not-your-task");
    office.does("j2", Role::Juror, make(motion("m1")), noon());
}

#[test]
fn who_has_two_seats_does_not_second_the_own_motion() {
    let mut office = counted();
    let made = |juror: &str| {
        let mut seat = office.state.rounds[&bali()].panel[1].clone();
        (seat.juror, seat.person) = (juror.into(), Some("made".into()));
        seat
    };
    for seat in [made("made"), made("made-2")] {
        office.happened(Fact::Appointed(bali(), seat));
    }
    office.does("sari", Role::Secretariat, open(opening(&["j1", "j2", "made", "made-2"])), noon());
    let own = Motion { mover: "made".into(), seconder: "made-2".into(), ..motion("m1") };
    assert_eq!(office.refused("made", Role::Juror, make(own.clone()), noon()), "own-second");
    office.does("made", Role::Juror, make(Motion { seconder: "j2".into(), ..own }), noon());
}

#[test]
fn absent_marks_are_waived_only_while_judging_is_open() {
    let waive = || Deed::WaiveAbsence(cities(), None, "ill".into());
    for (until, expected) in [(Stage::Counting, "waive-closed"), (Stage::Plenary, "waive-closed")] {
        assert_eq!(Office::after(&acting(), until).refused("ayu", Role::Chair, waive(), noon()), expected, "{until:?}");
    }
}
