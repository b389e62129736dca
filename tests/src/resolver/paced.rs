//! A response body that takes its time, or breaks off.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::{Interval, MissedTickBehavior, interval};

/// The octets, and how they go out.
pub(super) struct Paced {
    left: Bytes,
    pace: Option<Interval>,
    /// Octets that are promised and never come.
    missing: u64,
}

impl Paced {
    /// At once and wholly.
    pub(super) fn whole(octets: impl Into<Bytes>) -> Self {
        let (left, pace, missing) = (octets.into(), None, 0);
        Self {
            left,
            pace,
            missing,
        }
    }

    /// An octet at a time, so that all of it takes this long.
    pub(super) fn over(octets: Vec<u8>, whole_ms: u64) -> Self {
        let steps = u64::try_from(octets.len()).unwrap_or(1).max(1);
        let mut pace = interval(Duration::from_micros((whole_ms * 1_000 / steps).max(1)));
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            pace: Some(pace),
            ..Self::whole(octets)
        }
    }

    /// Half of it, after which the connection ends.
    pub(super) fn cut(mut octets: Vec<u8>) -> Self {
        let half = octets.len() / 2;
        let missing = u64::try_from(octets.len() - half).unwrap_or(1);
        octets.truncate(half);
        Self {
            missing,
            // Slowly, so that the first half is on its way before the end.
            ..Self::over(octets, 10)
        }
    }
}

impl Body for Paced {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.left.is_empty() {
            let broken = || Err(io::Error::other("cut as the scenario says"));
            return Poll::Ready((self.missing > 0).then(broken));
        }
        let mut length = self.left.len();
        if let Some(pace) = &mut self.pace {
            std::task::ready!(pace.poll_tick(context));
            length = 1;
        }
        Poll::Ready(Some(Ok(Frame::data(self.left.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty() && self.missing == 0
    }

    fn size_hint(&self) -> SizeHint {
        let left = u64::try_from(self.left.len()).unwrap_or(u64::MAX);
        SizeHint::with_exact(left.saturating_add(self.missing))
    }
}
