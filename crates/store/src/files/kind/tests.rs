//! What is kept and what is refused, by content alone.

use super::*;

/// Feeds a file in pieces of that size.
fn sniff(content: &[u8], piece: usize) -> Result<Kind, Found> {
    let mut sniffer = Sniffer::default();
    for piece in content.chunks(piece) {
        sniffer.feed(piece)?;
    }
    sniffer.finish()
}

/// The same answer, however the bytes arrive.
fn check(content: &[u8], expected: Result<Kind, Found>) {
    for piece in [1, 7, 4096, content.len().max(1)] {
        assert_eq!(sniff(content, piece), expected, "in pieces of {piece}: {:?}", String::from_utf8_lossy(content));
    }
}

/// A ZIP archive of these entries, with sizes in front of or behind the data.
fn zip(names: &[&str], sizes_behind: bool) -> Vec<u8> {
    let mut archive = Vec::new();
    for name in names {
        let content = format!("<content of='{name}'/>");
        let (flags, size) = if sizes_behind { (8u16, 0) } else { (0, content.len() as u32) };
        archive.extend(b"PK\x03\x04\x14\0");
        archive.extend(flags.to_le_bytes());
        archive.extend([0; 10]);
        archive.extend(size.to_le_bytes());
        archive.extend(size.to_le_bytes());
        archive.extend((name.len() as u16).to_le_bytes());
        archive.extend([0; 2]);
        archive.extend(name.as_bytes());
        archive.extend(content.as_bytes());
        if sizes_behind {
            archive.extend(b"PK\x07\x08");
            archive.extend([0; 12]);
        }
    }
    archive.extend(b"PK\x05\x06");
    archive.extend([0; 18]);
    archive
}

#[test]
fn scans_pictures_and_tables_are_kept() {
    check(b"%PDF-1.7\n1 0 obj", Ok(Kind::Pdf));
    check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Ok(Kind::Png));
    check(b"\xff\xd8\xff\xe0\0\x10JFIF", Ok(Kind::Jpeg));
    check("kabupaten;peserta\nMesuji;1.204\n".as_bytes(), Ok(Kind::Text));
    check("\u{feff}nama,jabatan\r\n\"O'Neil, Bpk.\",Kepala Desa é 村\r\n".as_bytes(), Ok(Kind::Text));
    check(b"< 5 tahun,12\n", Ok(Kind::Text));
    check(b"MZ,TPB\n1,2\n", Ok(Kind::Text));
}

#[test]
fn spreadsheets_and_letters_are_known_by_their_first_entries() {
    for behind in [false, true] {
        check(&zip(&["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"], behind), Ok(Kind::Xlsx));
        check(&zip(&["_rels/.rels", "docProps/app.xml", "word/document.xml"], behind), Ok(Kind::Docx));
        check(&zip(&["xl/worksheets/sheet1.xml", "[Content_Types].xml"], behind), Ok(Kind::Xlsx));
        check(&zip(&["[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml"], behind), Err(Found::Archive));
        check(&zip(&["setup.exe", "xl/workbook.xml"], behind), Err(Found::Archive));
        check(&zip(&["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"], behind), Err(Found::Macros));
    }
    check(&zip(&[], false), Err(Found::Archive));
    check(b"PK\x03\x04", Err(Found::Archive));
    check(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", Err(Found::Archive));
}

#[test]
fn macros_are_found_far_behind_the_beginning() {
    let mut archive = zip(&["[Content_Types].xml", "xl/workbook.xml"], false);
    archive.resize(HEAD + 100, b'x');
    assert_eq!(sniff(&archive, 1000), Ok(Kind::Xlsx));
    archive.extend(b"xl/vbaProject.bin");
    assert_eq!(sniff(&archive, 1000), Err(Found::Macros));
    assert_eq!(sniff(&archive, archive.len() - 3), Err(Found::Macros));
}

#[test]
fn pages_drawings_and_programs_are_refused() {
    check(b"<!DOCTYPE html><html>", Err(Found::Html));
    check(b"\xef\xbb\xbf \n<script>alert(1)</script>", Err(Found::Html));
    check(b"<!-- a table, honestly -->\nname,mark", Err(Found::Html));
    check(b"<svg xmlns='http://www.w3.org/2000/svg'>", Err(Found::Svg));
    check(b"<?xml version='1.0'?><!-- x --><SVG>", Err(Found::Svg));
    check(b"<?xml version='1.0'?><rows/>", Err(Found::Xml));
    check(b"<?php echo 1;", Err(Found::Program));
    check(b"#!/bin/sh\nrm -rf /\n", Err(Found::Program));
    check(b"\x7fELF\x02\x01\x01", Err(Found::Program));
    check(b"MZ\x90\0\x03\0\0\0", Err(Found::Program));
}

#[test]
fn kinds_that_nobody_asked_for_are_refused_by_name() {
    check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", Err(Found::OldOffice));
    check(b"{\\rtf1\\ansi", Err(Found::OldOffice));
    check(b"\0\0\0\x18ftypheic\0\0\0\0", Err(Found::OtherPicture));
    check(b"GIF89a", Err(Found::OtherPicture));
    check(b"Rar!\x1a\x07\x01\0", Err(Found::Archive));
    check(b"\x01\x02\x03", Err(Found::Unknown));
}

#[test]
fn a_text_is_read_to_its_end() {
    check(b"caf\xe9,1\n", Err(Found::NotUtf8));
    check(b"\xff\xfen\0a\0", Err(Found::NotUtf8));
    let mut long = "é".repeat(HEAD).into_bytes();
    check(&long, Ok(Kind::Text));
    long.push(0xc3);
    assert_eq!(sniff(&long, 4096), Err(Found::NotUtf8));
    long.extend(b"\xa9\0");
    assert_eq!(sniff(&long, 4096), Err(Found::Unknown));
}

#[test]
fn a_glance_refuses_only_what_is_certain() {
    assert_eq!(glance(b"<html>"), Ok(()), "too little to tell");
    let page = format!("<html>{}", " ".repeat(GLANCE));
    assert_eq!(glance(page.as_bytes()), Err(Found::Html));
    assert_eq!(glance(&zip(&["[Content_Types].xml"; 12], false)), Ok(()), "the telling entry may be yet to come");
    assert_eq!(glance("é".repeat(GLANCE).as_bytes().split_last().expect("not empty").1), Ok(()));
}
