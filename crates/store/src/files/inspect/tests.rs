//! What hides behind or inside a file is found, and what office programs, scanners and phones write is kept.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::*;
use crate::files::Place;

/// One entry of an archive: its name, its content, and what the directory tells of its size beyond the truth.
type Entry<'e> = (&'e str, Vec<u8>, u32);

/// An archive as office programs write it, packed.
fn zip(entries: &[Entry<'_>]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content, beyond) in entries {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content).unwrap();
        let packed = encoder.finish().unwrap();
        let sizes = [packed.len() as u32, (content.len() as u32).wrapping_add(*beyond)].map(u32::to_le_bytes).concat();
        let at = archive.len() as u32;
        let middle = [&[20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &sizes, &(name.len() as u16).to_le_bytes()].concat();
        archive.extend([b"PK\x03\x04".as_slice(), &middle, &[0; 2], name.as_bytes(), &packed].concat());
        directory.extend([b"PK\x01\x02\x14\0".as_slice(), &middle, &[0; 12], &at.to_le_bytes(), name.as_bytes()].concat());
    }
    let (begins, count) = (archive.len() as u32, entries.len() as u16);
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    archive.extend([(directory.len() as u32).to_le_bytes(), begins.to_le_bytes()].concat());
    archive.extend([0; 2]);
    archive
}

fn sheet(more: &[Entry<'_>]) -> Vec<u8> {
    let usual = [("[Content_Types].xml", b"<Types/>".to_vec(), 0), ("xl/workbook.xml", b"<workbook/>".to_vec(), 0)];
    zip(&usual.into_iter().chain(more.iter().cloned()).collect::<Vec<_>>())
}

async fn seen(content: &[u8]) -> Result<(), Unsafe> {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::open(&Place::Folder(folder.path().join("files"))).await.unwrap();
    let stored = files.put(content, u64::MAX).await.unwrap();
    files.inspect(&stored).await.unwrap()
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\ntrailer\n%%EOF\n";

#[tokio::test]
async fn what_is_only_what_it_says_is_kept() {
    let long_pdf = [b"%PDF-1.7\n".as_slice(), &[b'x'; 100_000], b"<html>\n%%EOF\r\n\r\n"].concat();
    let jpeg = [b"\xff\xd8\xff\xe0\0\x10JFIF".as_slice(), &[7; 70_000], b"\xff\xd9", &[1; 5_000]].concat();
    let large = sheet(&[("xl/worksheets/sheet1.xml", vec![b'a'; 1_000_000], 0)]);
    for content in [PDF, &long_pdf, &jpeg, &sheet(&[]), &large, b"nama;jumlah\n<5;3\n"] {
        assert_eq!(seen(content).await, Ok(()), "{:?}", String::from_utf8_lossy(&content[..20.min(content.len())]));
    }
}

#[tokio::test]
async fn a_file_that_is_something_else_too_is_refused() {
    let behind = |content: &[u8], more: &[u8]| [content, more].concat();
    let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[1; 100], b"\0\0\0\0IEND\xaeB`\x82"].concat();
    let cases = [
        (behind(PDF, &sheet(&[])), Unsafe::ArchiveBehind),
        (behind(&png, &sheet(&[])), Unsafe::ArchiveBehind),
        (behind(b"%PDF-1.7\n<HTML><SCRIPT>alert(1)</SCRIPT>", PDF), Unsafe::Markup),
        (behind(b"\xff\xd8\xff\xfe\0\x20", b"<script>alert(1)</script>\xff\xd9"), Unsafe::Markup),
        (behind(PDF, &[b'x'; 1_025]), Unsafe::SomethingBehind),
        (behind(&png, &[b'x'; 1_025]), Unsafe::SomethingBehind),
    ];
    for (content, why) in cases {
        assert_eq!(seen(&content).await, Err(why), "{:?}", String::from_utf8_lossy(&content[..60]));
    }
    assert_eq!(seen(&behind(PDF, &[b'x'; 1_024])).await, Ok(()), "on the line");
}

#[tokio::test]
async fn an_archive_that_unpacks_to_too_much_or_contradicts_itself_is_refused() {
    let bomb = ("xl/media/a.bin", vec![0; 20 * 1024 * 1024], 0);
    let lies = ("xl/media/a.bin", vec![0; 20 * 1024 * 1024], 0u32.wrapping_sub(20 * 1024 * 1024 - 10));
    let cases = [
        (sheet(&[bomb]), Unsafe::Bomb),
        (sheet(&[lies]), Unsafe::Bomb),
        (sheet(&[("xl/a.xml", vec![b'a'; 100], 1)]), Unsafe::Broken),
        (sheet(&[("../../etc/passwd", b"x".to_vec(), 0)]), Unsafe::Names),
        (sheet(&[("/etc/passwd", b"x".to_vec(), 0)]), Unsafe::Names),
        (sheet(&[("xl\\a.xml", b"x".to_vec(), 0)]), Unsafe::Names),
        (sheet(&[])[..sheet(&[]).len() - 22].to_vec(), Unsafe::Broken),
        ([sheet(&[]), b"x".to_vec()].concat(), Unsafe::Broken),
    ];
    for (at, (content, why)) in cases.into_iter().enumerate() {
        assert_eq!(seen(&content).await, Err(why), "case {at}");
    }
}

#[test]
fn every_reason_has_a_sentence_and_a_next_step_in_both_languages() {
    for (why, lang) in Unsafe::ALL.into_iter().flat_map(|why| words::Lang::ALL.map(|lang| (why, lang))) {
        let next = Message::new(format!("{}-next", why.message().key()));
        for text in [why.message(), next] {
            assert!(!text.render(lang).contains('{'), "{}", text.key());
        }
    }
}
