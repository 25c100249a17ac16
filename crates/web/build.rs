//! Puts the browser files that are not ours where the program embeds them: they come from npm by the lock file in `browser/`, never from git.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// What is embedded, and under which name.
const FILES: [(&str, &str); 3] = [
    ("htmx.org/dist/htmx.min.js", "htmx.js"),
    ("@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2", "jakarta.woff2"),
    ("@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-ext-wght-normal.woff2", "jakarta-ext.woff2"),
];

fn main() {
    let packages = Path::new("browser/node_modules");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where to build"));
    println!("cargo::rerun-if-changed=browser/package-lock.json");
    for (from, name) in FILES {
        let from = packages.join(from);
        println!("cargo::rerun-if-changed={}", from.display());
        if let Err(error) = fs::copy(&from, out.join(name)) {
            println!(
                "cargo::error={}: {error}. The pages need it: run `make browser` (it runs npm ci), then build again.",
                from.display()
            );
        }
    }
}
