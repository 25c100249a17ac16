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
        rest = read_block(rest, &starts, shape.mark_max, &mut block, &mut part)?;
        if shape.mark_max < TWO_DIGITS_MAX && Into::<u16>::into(block.highest()) > shape.mark_max {
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
    mark_max: u16,
    block: &mut Block<M>,
    part: &mut Part<M>,
) -> Option<&'a [u8]> {
    let mut rest = lines;
    while block.rows < ROWS && !rest.is_empty() {
        let (candidate, after) = long_number(rest)?;
        let (group, after) = long_number(after)?;
        part.candidates.push(candidate);
        part.groups.push(u32::try_from(group).ok().filter(|&group| group < GROUPS_MAX)?);
        let (tile, lane) = block.tile_mut(block.rows);
        rest = read_marks(after, starts, mark_max, &mut tile[lane..])?;
        block.rows += 1;
    }
    Some(rest)
}

/// Reads a line from its first mark on. Whether marks of two digits are too high is seen once a block.
fn read_marks<'a, M: Mark>(line: &'a [u8], starts: &[usize], mark_max: u16, tile: &mut [M]) -> Option<&'a [u8]> {
    let (mut rest, mut starts) = (line, starts);
    loop {
        if let Some((five, others)) = starts.split_first_chunk()
            && let Some(text) = rest.first_chunk()
            && let Some(marks) = five_marks(text, if others.is_empty() { b'\n' } else { b',' })
        {
            for (&start, mark) in <&[usize; 5]>::into_iter(five).zip(marks) {
                tile[start] = M::from(mark);
            }
            (starts, rest) = (others, &rest[15..]);
            if others.is_empty() {
                return Some(rest);
            }
            continue;
        }
        let (&start, others) = starts.split_first()?;
        let (mark, end, after) = number(rest)?;
        tile[start] = M::of(u16::try_from(mark).ok().filter(|&mark| mark <= mark_max)?);
        (starts, rest) = (others, after);
        match (end, rest) {
            (b',', _) if !starts.is_empty() => {}
            (b'\n', rest) if starts.is_empty() => return Some(rest),
            (b'\r', [b'\n', rest @ ..]) if starts.is_empty() => return Some(rest),
            _ => return None,
        }
    }
}

/// The highest mark of two digits.
const TWO_DIGITS_MAX: u16 = 99;

/// Five marks at once, if there are five times two digits, commas between them, and then that end: most marks are like that. The
/// sixteenth byte may be anything.
#[inline(always)]
fn five_marks(text: &[u8; 16], end: u8) -> Option<[u8; 5]> {
    let word = u128::from_le_bytes(*text);
    let first = word as u64 ^ u64::from_le_bytes(*b"00,00,00");
    let second = (word >> 64) as u64 ^ u64::from_le_bytes([b',', b'0', b'0', b',', b'0', b'0', end, 0]);
    // What should be a digit is now 0 to 9, and what should be a comma or the end is 0. Adding 6 carries what is above 9 into the upper half of its
    // byte; it may run over into the next byte only where the upper half was in use already.
    let odd = (first | first.wrapping_add(0x0606_0006_0600_0606)) & 0xf0f0_fff0_f0ff_f0f0
        | (second | second.wrapping_add(0x0000_0606_0006_0600)) & 0x00ff_f0f0_fff0_f0ff;
    // Ten times each byte and the byte after it: at most 99, so that nothing runs over.
    let pairs = |digits: u64| digits * 10 + (digits >> 8);
    let byte = |word: u64, place: u32| (word >> (8 * place)) as u8;
    (odd == 0).then(|| {
        let (first, second) = (pairs(first), pairs(second & (u64::MAX >> 8)));
        [byte(first, 0), byte(first, 3), byte(first, 6), byte(second, 1), byte(second, 4)]
    })
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
#[inline(always)]
fn long_number(text: &[u8]) -> Option<(u64, &[u8])> {
    let mut number = 0;
    for (end, &byte) in text.iter().enumerate().take(19) {
        match digit(byte) {
            Some(digit) => number = number * 10 + u64::from(digit),
            None if byte == b',' && end > 0 => return Some((number, &text[end + 1..])),
            None => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five marks, read as slowly as can be.
    fn slowly(text: &[u8; 16], end: u8) -> Option<[u8; 5]> {
        let ends = [b',', b',', b',', b',', end];
        let mut marks = [0; 5];
        for ((mark, text), end) in marks.iter_mut().zip(text.chunks(3)).zip(ends) {
            let good = text[0].is_ascii_digit() && text[1].is_ascii_digit() && text[2] == end;
            *mark = good.then(|| (text[0] - b'0') * 10 + text[1] - b'0')?;
        }
        Some(marks)
    }

    #[test]
    fn five_marks_are_five_times_two_digits_whatever_stands_there_instead() {
        for (good, end) in [(b"12,34,56,78,90,1", b','), (b"09,90,00,99,55\n\xff", b'\n')] {
            assert_eq!(five_marks(good, end), slowly(good, end));
            assert!(five_marks(good, end).is_some());
            for (place, two) in (0..15).flat_map(|place| (0..=u16::MAX).map(move |two| (place, two))) {
                let mut text = *good;
                text[place..place + 2].copy_from_slice(&two.to_le_bytes());
                assert_eq!(five_marks(&text, end), slowly(&text, end), "{text:?}");
            }
        }
    }
}
