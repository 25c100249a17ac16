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
    let tile = &mut tile[lane..];
    let (mut rest, mut starts) = (line, starts);
    loop {
        if let [first, second, others @ ..] = starts
            && let Some((word, _)) = rest.split_first_chunk()
            && let Some((one, other)) = two_marks(u64::from_le_bytes(*word))
        {
            tile[*first] = M::of(one);
            tile[*second] = M::of(other);
            *highest = (*highest).max(one).max(other);
            (starts, rest) = (others, &rest[6..]);
            continue;
        }
        let (start, others) = starts.split_first()?;
        let (mark, end, after) = number(rest)?;
        tile[*start] = M::of(mark);
        *highest = (*highest).max(mark);
        (starts, rest) = (others, after);
        match (end, rest) {
            (b',', _) if !starts.is_empty() => {}
            (b'\n', rest) if starts.is_empty() => return Some(rest),
            (b'\r', [b'\n', rest @ ..]) if starts.is_empty() => return Some(rest),
            _ => return None,
        }
    }
}

/// Two marks at once, if eight bytes begin with two digits, a comma, two digits and a comma: most marks are like that.
#[inline(always)]
fn two_marks(word: u64) -> Option<(u32, u32)> {
    // The digits become 0 to 9 and the commas 0; adding 6 carries what is above 9 into the upper half of its byte.
    let bare = word ^ u64::from_le_bytes(*b"00,00,\0\0");
    let carried = bare.wrapping_add(u64::from_le_bytes([6, 6, 0, 6, 6, 0, 0, 0]));
    let odd = (bare | carried) & u64::from_le_bytes([0xf0, 0xf0, 0xff, 0xf0, 0xf0, 0xff, 0, 0]);
    let digit = |place: u32| (bare >> (8 * place)) as u32 & 0xf;
    (odd == 0).then(|| (digit(0) * 10 + digit(1), digit(3) * 10 + digit(4)))
}

/// A number of one to five digits, the byte after it, and what follows.
#[inline(always)]
fn number(text: &[u8]) -> Option<(u32, u8, &[u8])> {
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

#[inline(always)]
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
