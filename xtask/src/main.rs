//! `cargo xtask tidy`: the rules of this house that neither the compiler nor clippy knows.
//!
//! Each check is a function that returns complaints; adding one is adding a function to the list. A complaint names the file and what
//! to do, and any complaint makes the command fail.

mod arrows;
mod contract;
mod sources;
mod texts;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

/// One thing that is not tidy.
type Complaint = String;

type Check = fn(&Path) -> Result<Vec<Complaint>>;

const CHECKS: &[(&str, Check)] = &[
    ("crates use only what stands to their left", arrows::check),
    ("ARCHITECTURE.md names every crate", arrows::check_named),
    ("every file opens with //!", sources::check_opening),
    ("no float in a pure crate", sources::check_floats),
    ("files read in one sitting", sources::check_length),
    ("the store's contract misses no function", contract::check),
    ("every text exists, in both languages, and is used", texts::check),
    ("every refusal says what to do next", texts::check_next),
];

fn main() -> ExitCode {
    let outcome = match std::env::args().nth(1).as_deref() {
        Some("tidy") => tidy(),
        _ => Err(anyhow::anyhow!("usage: cargo xtask tidy")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn tidy() -> Result<()> {
    let root = root();
    let mut complaints = 0;
    for (name, check) in CHECKS {
        let found = check(&root).with_context(|| format!("checking that {name}"))?;
        println!("{} {name}", if found.is_empty() { "ok  " } else { "FAIL" });
        for complaint in &found {
            println!("     {complaint}");
        }
        complaints += found.len();
    }
    if complaints > 0 {
        bail!("tidy: {complaints} complaints");
    }
    Ok(())
}

/// The top folder of the checkout.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the checkout").to_owned()
}
