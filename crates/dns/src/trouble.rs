//! Which resolvers a lookup has reason to ask last.

/// What speaks against asking a resolver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trouble {
    /// Nothing.
    None,
    /// It has been silent for longer than usual in this lookup. Its answers may well come.
    Late,
    /// It failed in this lookup, or has done so again and again of late.
    Down,
}

/// All resolvers in the order in which a question asks them that begins with the `first`: those
/// without trouble, then the late ones, then those that are down.
///
/// Questions that begin with different resolvers do so among those without trouble as well:
/// they are each other's second witness. Where only one such is left, that is a late one, for
/// twice the same resolver is one witness.
pub(crate) fn order(troubles: &[Trouble], first: usize) -> Vec<usize> {
    let of = |which: Trouble| {
        let resolvers = troubles.iter().enumerate();
        let fitting = resolvers.filter(move |(_, trouble)| **trouble == which);
        fitting.map(|(resolver, _)| resolver).collect::<Vec<_>>()
    };
    let (mut best, mut next) = (of(Trouble::None), of(Trouble::Late));
    if best.len() < 2 {
        best.append(&mut next);
    }
    let mut order = Vec::with_capacity(troubles.len());
    for mut alike in [best, next, of(Trouble::Down)] {
        let begin = first.checked_rem(alike.len()).unwrap_or(0);
        alike.rotate_left(begin);
        order.append(&mut alike);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::Trouble::{Down, Late, None};
    use super::*;

    #[track_caller]
    fn check(troubles: &[Trouble], first: usize, expected: &[usize]) {
        assert_eq!(
            order(troubles, first),
            expected,
            "{troubles:?} from {first}"
        );
    }

    #[test]
    fn who_has_no_trouble_is_asked_first() {
        check(&[None, None, None, None], 0, &[0, 1, 2, 3]);
        check(&[None, None, None, None], 1, &[1, 2, 3, 0]);
        check(&[Down, None, Late, None], 0, &[1, 3, 2, 0]);
        check(&[Down, None, Late, None], 1, &[3, 1, 2, 0]);
        check(&[], 1, &[]);
    }

    #[test]
    fn two_questions_begin_with_two_resolvers_unless_the_others_are_down() {
        check(&[Late, Late, Late, None], 0, &[3, 0, 1, 2]);
        check(&[Late, Late, Late, None], 1, &[0, 1, 2, 3]);
        check(&[Down, Late, Late, None], 1, &[1, 2, 3, 0]);
        check(&[Down, Down, Down, None], 1, &[3, 1, 2, 0]);
        check(&[Late, Late], 1, &[1, 0]);
    }
}
