//! The quick reading of lines: digits, commas, line ends and nothing else.
//!
//! Every function answers `None` when it meets anything odd; the diagnosis then says what it was.

use crate::bulk::GROUPS_MAX;
use crate::bulk::columns::{Block, Mark, ROWS, Shape, column_starts};

/// What a run of lines holds.
#[derive(Debug)]
pub(super) struct Part<M> {
    pub(super) candidates: Vec<u64>,
    pub(super) groups: Vec<u32>,
    pub(super) blocks: Vec<Block<M>>,
}

/// Reads whole lines.
pub(super) fn read_part<M: Mark>(lines: &[u8], shape: &Shape) -> Option<Part<M>> {
    let mut part = Part { candidates: Vec::new(), groups: Vec::new(), blocks: Vec::new() };
    let starts = column_starts(shape);
    let mut rest = lines;
    while !rest.is_empty() {
        let mut block = Block::new(shape);
        let mut highest = 0;
        rest = read_block(rest, &starts, &mut block, &mut part, &mut highest)?;
        if highest > u32::from(shape.mark_max) {
            return None;
        }
        block.close();
        part.blocks.push(block);
    }
    Some(part)
}

/// Reads lines until the block is full; what is left of the lines comes back.
fn read_block<'a, M: Mark>(
    lines: &'a [u8],
    starts: &[usize],
    block: &mut Block<M>,
    part: &mut Part<M>,
    highest: &mut u32,
) -> Option<&'a [u8]> {
    let mut rest = lines;
    while block.rows < ROWS && !rest.is_empty() {
        let (candidate, after) = long_number(rest)?;
        let (group, after) = long_number(after)?;
        part.candidates.push(candidate);
        part.groups.push(u32::try_from(group).ok().filter(|&group| group < GROUPS_MAX)?);
        let (tile, lane) = block.tile_mut(block.rows);
        rest = read_marks(after, starts, tile, lane, highest)?;
        block.rows += 1;
    }
    Some(rest)
}

/// Reads a line from its first mark on. Whether the marks are too high is seen once a block.
fn read_marks<'a, M: Mark>(line: &'a [u8], starts: &[usize], tile: &mut [M], lane: usize, highest: &mut u32) -> Option<&'a [u8]> {
    let mut rest = line;
    let mut end = b',';
    for &start in starts {
        if end != b',' {
            return None;
        }
        let mark;
        (mark, end, rest) = number(rest)?;
        tile[start + lane] = M::of(mark);
        *highest = (*highest).max(mark);
    }
    match (end, rest) {
        (b'\n', rest) => Some(rest),
        (b'\r', [b'\n', rest @ ..]) => Some(rest),
        _ => None,
    }
}

/// A number of one to five digits, the byte after it, and what follows.
#[inline(always)]
fn number(text: &[u8]) -> Option<(u32, u8, &[u8])> {
    if let Some((word, _)) = text.split_first_chunk()
        && let Some(number) = two_digits(u32::from_le_bytes(*word))
    {
        return Some((number, b',', &text[3..]));
    }
    number_of_any_length(text)
}

/// The number that a word begins with if two digits and a comma are its first three bytes: most marks are.
#[inline(always)]
fn two_digits(word: u32) -> Option<u32> {
    // The digits become 0 to 9 and the comma 0; adding 6 carries what is above 9 into the upper half of its byte.
    let bare = word ^ u32::from_le_bytes([b'0', b'0', b',', 0]);
    let odd = (bare | (bare.wrapping_add(u32::from_le_bytes([6, 6, 0, 0])))) & u32::from_le_bytes([0xf0, 0xf0, 0xff, 0]);
    (odd == 0).then_some((bare & 0xf) * 10 + ((bare >> 8) & 0xf))
}

fn number_of_any_length(text: &[u8]) -> Option<(u32, u8, &[u8])> {
    let (&first, mut rest) = text.split_first()?;
    let mut number = digit(first)?;
    for _ in 0..5 {
        let (&byte, after) = rest.split_first()?;
        rest = after;
        match digit(byte) {
            Some(digit) => number = number * 10 + digit,
            None => return Some((number, byte, rest)),
        }
    }
    None
}

fn digit(byte: u8) -> Option<u32> {
    let digit = byte.wrapping_sub(b'0');
    (digit <= 9).then_some(u32::from(digit))
}

/// A number of up to eighteen digits with a comma after it, and what follows the comma.
fn long_number(text: &[u8]) -> Option<(u64, &[u8])> {
    let end = text.iter().take(19).position(|&byte| byte == b',').filter(|&end| end > 0)?;
    let mut number = 0;
    for &byte in &text[..end] {
        number = number * 10 + u64::from(digit(byte)?);
    }
    Some((number, &text[end + 1..]))
}
