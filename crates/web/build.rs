//! Puts the browser files that are not ours where the program embeds them: they come from npm by the lock file in `browser/`, never from git.
//! And lists the pictures of the guide, so that a new one is embedded without being named anywhere.

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
    list_pictures(&out);
}

/// Writes an array of the pictures in `docs/guide/pictures` with their names, for `guide/picture.rs`.
fn list_pictures(out: &Path) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/pictures");
    println!("cargo::rerun-if-changed={}", folder.display());
    let found = fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let mut pictures: Vec<PathBuf> = found.filter(|path| path.extension().is_some_and(|ext| ext == "webp")).collect();
    pictures.sort();
    let line = |path: &PathBuf| {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        format!("    ({name:?}, include_bytes!({:?})),\n", path.display().to_string())
    };
    let lines: String = pictures.iter().map(line).collect();
    fs::write(out.join("pictures.in"), format!("&[\n{lines}]\n")).expect("the folder of the build can be written");
}
