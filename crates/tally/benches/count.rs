//! How long the general count takes for one contest as the award knows it: 24 candidates, 9 jurors, 10 criteria. The working is not asked for.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;
use tally::{Count, count};

const CANDIDATES: usize = 24;
const JURORS: usize = 9;
const CRITERIA: usize = 10;

fn document() -> Count {
    let leaf = |criterion: usize| {
        json!({"weight": "10", "node": {"id": format!("c{criterion}"), "leaf": {
            "measure": {"marks": {"method": "mean", "min": "0", "max": "100", "step": "0.5"}},
            "scale": "identity", "missing": "refuse", "not_applicable": "skip"}}})
    };
    let mark = |candidate: usize, juror: usize, criterion: usize| {
        let halves = 100 + (candidate * 37 + juror * 61 + criterion * 17) % 101;
        (
            format!("c{criterion}"),
            json!(if halves.is_multiple_of(2) { format!("{}", halves / 2) } else { format!("{}.5", halves / 2) }),
        )
    };
    let sheet = |candidate: usize, juror: usize| {
        let marks: serde_json::Map<_, _> = (0..CRITERIA).map(|criterion| mark(candidate, juror, criterion)).collect();
        json!({"juror": format!("j{juror}"), "entry": format!("e{candidate}"), "state": "handed_in", "marks": marks})
    };
    serde_json::from_value(json!({
        "format": "paritrana-count-1",
        "contest": "bench",
        "jurors": (0..JURORS).map(|juror| format!("j{juror}")).collect::<Vec<_>>(),
        "tree": {"id": "all", "group": {"combine": "mean", "parts": (0..CRITERIA).map(leaf).collect::<Vec<_>>()}},
        "cut": {"quota": 3, "reserves": 2, "ties": "keep_all", "within": "contest"},
        "entries": (0..CANDIDATES).map(|candidate| json!({"id": format!("e{candidate}")})).collect::<Vec<_>>(),
        "sheets": (0..CANDIDATES).flat_map(|candidate| (0..JURORS).map(move |juror| sheet(candidate, juror))).collect::<Vec<_>>(),
    }))
    .expect("the document is well formed")
}

fn one_contest(criterion: &mut Criterion) {
    let document = document();
    assert_eq!(count(&document).expect("the count has an answer").standing.len(), CANDIDATES);
    criterion.bench_function("count 24 x 9 x 10", |bencher| bencher.iter(|| count(black_box(&document))));
}

criterion_group!(benches, one_contest);
criterion_main!(benches);
