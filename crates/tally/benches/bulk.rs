//! How long the bulk count takes for a thousand, a hundred thousand and a million candidates: 9 jurors x 10 criteria, 304 groups, two threads.
//!
//! The comparison with other tools is `bench/compare.py`.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tally::bulk::{Columns, Shape, csv, tally};

const SHAPE: Shape = Shape { jurors: 9, criteria: 10, mark_max: 100, scale: 1 };
const WEIGHTS: [u64; 10] = [15, 10, 10, 20, 5, 10, 10, 5, 10, 5];
const THREADS: usize = 2;

/// Marks and groups that look random and are always the same.
fn numbers(count: usize, bound: u64) -> impl Iterator<Item = u64> {
    let mut state = 2026u64;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    })
    .take(count)
}

fn columns(candidates: usize) -> Columns<u8> {
    let mut columns = Columns::new(SHAPE).expect("the shape is good");
    let marks: Vec<u8> = numbers(candidates * SHAPE.marks(), 101).map(|mark| mark as u8).collect();
    for row in marks.chunks_exact(SHAPE.marks()) {
        columns.push(row).expect("the marks are good");
    }
    columns
}

fn from_memory(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("bulk from memory");
    group.sample_size(20);
    for candidates in [1_000, 100_000, 1_000_000] {
        let columns = columns(candidates);
        let groups: Vec<u32> = numbers(candidates, 304).map(|group| group as u32).collect();
        group.throughput(Throughput::Elements(candidates as u64));
        group.bench_function(BenchmarkId::from_parameter(candidates), |bencher| {
            bencher.iter(|| tally(black_box(&columns), &WEIGHTS, &groups, 3, THREADS));
        });
    }
    group.finish();
}

fn from_csv(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("bulk from csv");
    group.sample_size(10);
    for candidates in [1_000usize, 100_000] {
        let names: Vec<String> = (0..SHAPE.marks()).map(|mark| format!("m{mark}")).collect();
        let mut file = format!("candidate,group,{}\n", names.join(","));
        let marks: Vec<String> = numbers(candidates * SHAPE.marks(), 101).map(|mark| mark.to_string()).collect();
        for (candidate, row) in marks.chunks_exact(SHAPE.marks()).enumerate() {
            file += &format!("{candidate},{},{}\n", candidate % 304, row.join(","));
        }
        group.throughput(Throughput::Bytes(file.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(candidates), |bencher| {
            bencher.iter(|| csv::parse::<u8>(black_box(file.as_bytes()), SHAPE, THREADS));
        });
    }
    group.finish();
}

criterion_group!(benches, from_memory, from_csv);
criterion_main!(benches);
