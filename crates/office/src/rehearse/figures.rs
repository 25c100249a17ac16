//! Invented figures. A candidate's quality moves all of them; a part is never above its whole, so that every figure can be true.

use tally::Exact;

use super::random::Chance;
use super::year::{Candidate, Year};

/// So much is the smallest monthly contribution of an own-account worker, in rupiah.
const CONTRIBUTION: i64 = 16_800;

/// What a candidate claims, wholes before their parts.
pub fn claimed(year: &Year, candidate: &Candidate) -> Vec<(&'static str, Exact)> {
    let mut chance = year.chance(&format!("figures {}", candidate.id));
    let numbers = match candidate.category.as_str() {
        "kabkota" | "provinsi" => government(candidate, &mut chance),
        "desa-kelurahan" => village(candidate, &mut chance),
        "usaha-kecil-mikro" => small(candidate, &mut chance),
        _ => company(candidate, &mut chance),
    };
    numbers.into_iter().map(|(claim, number)| (claim, Exact::from(number))).collect()
}

/// What stands of a claim after verification: mostly what was claimed; one in twenty is put right a little below.
pub fn verified(year: &Year, candidate: &Candidate, claim: &str, claimed: &Exact) -> Exact {
    let mut chance = year.chance(&format!("verified {} {claim}", candidate.id));
    let is_part = ["active_", "vulnerable_funded", "non_asn_active", "participants_end", "jmo_", "nik_", "csr_"];
    let three = Exact::from(3_i64);
    if is_part.iter().any(|part| claim.starts_with(part)) && chance.once_in_thousand(80) && *claimed > three {
        return claimed - &three;
    }
    claimed.clone()
}

type Numbers = Vec<(&'static str, i64)>;

/// A part of a whole that is as large as the quality, give or take a tenth.
fn part(whole: i64, candidate: &Candidate, chance: &mut Chance) -> i64 {
    let share = (candidate.quality + chance.within(-10, 10)).clamp(5, 100);
    whole * share / 100
}

fn government(candidate: &Candidate, chance: &mut Chance) -> Numbers {
    let working = chance.within(40_000, 900_000);
    let (wage, own) = (working * 2 / 5, working * 3 / 5);
    let vulnerable = own / 4;
    let funded = part(vulnerable, candidate, chance) / 2;
    let staff = chance.within(800, 6_000);
    vec![
        ("working_population", working),
        ("workers_pu", wage),
        ("active_pu", part(wage, candidate, chance)),
        ("workers_bpu", own),
        ("active_bpu", (part(own, candidate, chance) / 2).max(own / 8)),
        ("vulnerable_population", vulnerable),
        ("vulnerable_funded", funded),
        ("vulnerable_budget", funded * CONTRIBUTION * chance.within(3, 12)),
        ("non_asn_total", staff),
        ("non_asn_active", part(staff, candidate, chance)),
    ]
}

fn village(candidate: &Candidate, chance: &mut Chance) -> Numbers {
    let working = chance.within(400, 6_000);
    let vulnerable = working / 5;
    let staff = chance.within(20, 90);
    vec![
        ("working_population", working),
        ("participants_end", part(working, candidate, chance)),
        ("vulnerable_population", vulnerable),
        ("vulnerable_funded", part(vulnerable, candidate, chance) / 2),
        ("non_asn_total", staff),
        ("non_asn_active", part(staff, candidate, chance)),
    ]
}

fn company(candidate: &Candidate, chance: &mut Chance) -> Numbers {
    let workers = chance.within(120, 8_000);
    let registered = workers - chance.within(0, workers / 12);
    let vendors = chance.within(4, 60);
    let mut numbers = vec![
        ("workers_total", workers),
        ("workers_registered", registered),
        ("workers_wage_reported", registered - chance.within(0, registered / 8)),
        ("months_due", 12),
        ("months_on_time", chance.within(8, 12)),
        ("sipp_months", chance.within(4, 12)),
        ("jmo_users", part(registered, candidate, chance)),
        ("nik_valid", registered - chance.within(0, registered / 10)),
        ("vendors_total", vendors),
        ("vendors_compliant", part(vendors, candidate, chance)),
        ("csr_vulnerable", part(600, candidate, chance)),
    ];
    numbers.extend(gates(chance));
    numbers
}

fn small(_: &Candidate, chance: &mut Chance) -> Numbers {
    let workers = chance.within(2, 40);
    let mut numbers = vec![
        ("workers_total", workers),
        ("workers_registered", workers - chance.within(0, workers / 5)),
        ("months_due", 12),
        ("months_on_time", chance.within(6, 12)),
        ("owner_registered", i64::from(chance.once_in_thousand(800))),
        ("programmes_joined", chance.within(2, 4)),
    ];
    numbers.extend(gates(chance));
    numbers
}

/// One business in a hundred turns out to be in arrears.
fn gates(chance: &mut Chance) -> Numbers {
    let arrears = if chance.once_in_thousand(10) { chance.within(1, 5) } else { 0 };
    vec![("all_programmes", 1), ("arrears_months", arrears), ("partly_registered", 0)]
}
