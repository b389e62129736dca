//! Simulated visitors of one e-mail field under a virtual clock: they type, paste, leave,
//! come back, take suggestions and submit, while the edge answers late, wrongly or never,
//! the lists come in the middle and the conversions of names do not come at all.
//!
//! [`run`] plays one session from its seed and says which promise was broken, if any. The
//! judge is the real core; only time and the network are made up. As on a page
//! (`www/engine/field.js`), the machine is not told of keys that cannot change anything. And
//! as there (`www/engine/form.js`), a press that waits is over when its form goes, when the
//! form is refused with words, or when it is reset; the deadline leaves none behind.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use mailproof_core::{Context, Deliverability, Group, Policy, Reason, Routing, Verdict, judge};
use mailproof_widget::field::{Effect, Event, Field, Finding, Gate};
use mailproof_widget::settings::{Block, Settings, When};

use crate::packs;

/// How long a submit waits at most (DESIGN §5).
const SUBMIT_DEADLINE_MS: u64 = 800;

/// Found in every local part that is typed, and in nothing else.
const SECRET: &str = "zqx";

/// What broke, in the session of this seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which session.
    pub seed: u64,
    /// Which promise.
    pub promise: &'static str,
    /// When, in virtual milliseconds.
    pub at_ms: u64,
}

/// What a session saw, so that a run can show that it saw everything.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Events that the machine was given.
    pub events: u64,
    /// Hints shown.
    pub hints: u64,
    /// Questions for the edge.
    pub asked: u64,
    /// Submits that went.
    pub released: u64,
    /// Submits that were held back for the text's or the domain's sake.
    pub refused: u64,
    /// Submits that waited while the text was changed under them.
    pub overtaken: u64,
}

/// Plays the session of `seed`.
///
/// # Errors
/// The first promise that did not hold.
pub fn run(seed: u64) -> Result<Seen, Broken> {
    let mut session = Session::new(seed);
    session.plan();
    while let Some(Reverse((at, order, happening))) = session.agenda.pop() {
        session.now = at;
        let _ = order;
        session.happen(happening).map_err(|promise| Broken {
            seed,
            promise,
            at_ms: at,
        })?;
    }
    Ok(session.seen)
}

/// Something on the agenda.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    Type(String),
    Compose(String),
    Leave,
    Submit,
    Accept,
    Keep,
    Undo,
    Reset,
    ListsCome,
    EdgeAnswers(u32, usize),
    EdgeFails(u32),
    DeadlineOf(u64),
}

type Agenda = BinaryHeap<Reverse<(u64, u64, Happening)>>;

struct Session {
    random: u64,
    now: u64,
    order: u64,
    agenda: Agenda,
    field: Field,
    settings: Settings,
    /// What the field on the page holds.
    text: String,
    /// Nothing is shown or awaited: the machine does not hear of keys.
    quiet: bool,
    /// The value was left or submitted at least once.
    committed: bool,
    /// When the submit that waits began.
    held_since: Option<u64>,
    submits: u64,
    /// The lists have come.
    has_lists: bool,
    last: Option<Verdict>,
    seen: Seen,
}

const ANSWERS: [Reason; 7] = [
    Reason::AcceptsMail,
    Reason::NullMx,
    Reason::NoSuchDomain,
    Reason::DnsServfail,
    Reason::DnsTimeout,
    Reason::Disposable,
    Reason::ImplicitMx,
];

const DOMAINS: [&str; 12] = [
    "gmail.com",
    "gamil.com",
    "hotmial.com",
    "firma-beispiel.de",
    "shop",
    "shop..hk",
    "mailinator.com",
    "yaho.fr",
    "company_com",
    "例子.公司",
    "gmail.con",
    "",
];

impl Session {
    fn new(seed: u64) -> Self {
        let mut random = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66_D1CE_4E5B;
        let pick = |random: &mut u64, below: u64| next(random) % below;
        let settings = Settings {
            when: [When::Blur, When::Submit][usize::from(pick(&mut random, 4) == 0)],
            block: match pick(&mut random, 3) {
                0 => Block::Nothing,
                1 => Block::Syntax,
                _ => Block::Dns,
            },
            asks_edge: pick(&mut random, 5) > 0,
        };
        Self {
            random,
            now: 0,
            order: 0,
            agenda: BinaryHeap::new(),
            field: Field::new(settings, String::new()),
            settings,
            text: String::new(),
            quiet: true,
            committed: false,
            held_since: None,
            submits: 0,
            has_lists: false,
            last: None,
            seen: Seen::default(),
        }
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(next(&mut self.random) % bound as u64).unwrap_or(0)
    }

    fn later(&mut self, after_ms: usize, happening: Happening) {
        self.order += 1;
        let at = self.now + after_ms as u64;
        self.agenda.push(Reverse((at, self.order, happening)));
    }

    /// What the visitor means to do: one to three texts, each typed key by key or pasted.
    fn plan(&mut self) {
        let mut at = 0;
        let lists = self.below(4_000);
        self.later(lists, Happening::ListsCome);
        for _ in 0..=self.below(3) {
            let number = self.below(100);
            let domain = DOMAINS[self.below(DOMAINS.len())];
            let mut text = format!("{SECRET}{number}");
            if self.below(12) > 0 {
                text = format!("{text}@{domain}");
            }
            if self.below(4) == 0 {
                self.later(at, Happening::Type(text));
            } else {
                let mut typed = String::new();
                for c in text.chars() {
                    typed.push(c);
                    at += 40 + self.below(160);
                    let composes = self.below(20) == 0;
                    self.later(
                        at,
                        if composes {
                            Happening::Compose(typed.clone())
                        } else {
                            Happening::Type(typed.clone())
                        },
                    );
                }
                self.later(at + 1, Happening::Type(text));
            }
            for _ in 0..=self.below(4) {
                at += 10 + self.below(1_500);
                let next = match self.below(9) {
                    0..=2 => Happening::Leave,
                    3 | 4 => Happening::Submit,
                    5 => Happening::Accept,
                    6 => Happening::Keep,
                    7 => Happening::Undo,
                    _ if self.below(6) == 0 => Happening::Reset,
                    _ => Happening::Leave,
                };
                self.later(at, next);
            }
        }
        self.later(at + 100, Happening::Submit);
    }

    fn happen(&mut self, happening: Happening) -> Result<(), &'static str> {
        let value = self.text.clone();
        let clicked = matches!(happening, Happening::Accept | Happening::Undo);
        let typing = matches!(happening, Happening::Type(_) | Happening::Compose(_));
        let event = match happening {
            Happening::Type(value) => {
                self.text.clone_from(&value);
                if self.quiet && value.is_ascii() {
                    return Ok(());
                }
                Event::Input {
                    value,
                    composing: false,
                }
            }
            Happening::Compose(value) => Event::Input {
                value,
                composing: true,
            },
            Happening::Leave => {
                self.committed |= !value.is_empty();
                Event::Blur { value }
            }
            Happening::Submit => return self.submit(value),
            Happening::Accept => Event::AcceptSuggestion,
            Happening::Keep => Event::KeepMine,
            Happening::Undo => Event::Undo,
            Happening::Reset => {
                self.committed = false;
                self.held_since = None;
                self.text.clear();
                Event::Reset {
                    value: String::new(),
                }
            }
            Happening::ListsCome => {
                self.has_lists = true;
                Event::EngineChanged
            }
            Happening::EdgeAnswers(epoch, which) => Event::EdgeAnswer {
                epoch,
                routing: Routing::unavailable(ANSWERS[which]),
            },
            Happening::EdgeFails(epoch) => Event::EdgeFailed { epoch },
            Happening::DeadlineOf(submit) => {
                if submit != self.submits || self.held_since.is_none() {
                    return Ok(());
                }
                Event::SubmitDeadline
            }
        };
        let waits = self.held_since.is_some();
        self.seen.overtaken += u64::from(waits && typing);
        let is_deadline = event == Event::SubmitDeadline;
        self.tell(event, typing, clicked)?;
        self.gate_holds_its_word()?;
        if is_deadline {
            self.leaves_no_press()?;
        }
        Ok(())
    }

    /// The deadline of a press is past.
    fn leaves_no_press(&mut self) -> Result<(), &'static str> {
        match self.held_since {
            None => Ok(()),
            Some(_) => Err("a press is lost: at its deadline the form neither goes nor is refused"),
        }
    }

    fn submit(&mut self, value: String) -> Result<(), &'static str> {
        self.committed |= !value.is_empty();
        if self.field.gate() == Gate::Held {
            // A second press while the first one waits.
            self.tell(Event::Submit { value }, false, false)?;
            return self.gate_holds_its_word();
        }
        self.submits += 1;
        self.held_since = Some(self.now);
        self.tell(Event::Submit { value }, false, false)?;
        match self.field.gate() {
            Gate::Open => self.went(),
            Gate::Held => {
                let after = usize::try_from(SUBMIT_DEADLINE_MS).unwrap_or(0);
                self.later(after, Happening::DeadlineOf(self.submits));
            }
            Gate::Refused => {}
        }
        self.gate_holds_its_word()
    }

    fn went(&mut self) {
        if self.held_since.take().is_some() {
            self.seen.released += 1;
        }
    }

    /// A form waits no longer than the deadline, and is refused only where the text or a
    /// dead domain gives the reason, and the owner wants that; and never without words.
    fn gate_holds_its_word(&mut self) -> Result<(), &'static str> {
        match self.field.gate() {
            Gate::Held => match self.held_since {
                Some(since) if self.now > since + SUBMIT_DEADLINE_MS => {
                    Err("a form waits longer than the deadline")
                }
                _ => Ok(()),
            },
            Gate::Refused if self.held_since.take().is_some() => {
                self.seen.refused += 1;
                if self.field.shown().is_none() {
                    return Err("a form is refused, and nothing says why");
                }
                self.refused_for_cause()
            }
            _ => Ok(()),
        }
    }

    fn refused_for_cause(&self) -> Result<(), &'static str> {
        let Some(verdict) = &self.last else {
            return Err("a form is refused without a judgement");
        };
        let dead = verdict.result == Deliverability::Undeliverable;
        let cause = match verdict.reason.group() {
            Group::Syntax => self.settings.block != Block::Nothing,
            Group::Dns => self.settings.block == Block::Dns,
            _ => false,
        };
        if dead && cause {
            Ok(())
        } else {
            Err("a form is refused for our own failure")
        }
    }

    fn tell(&mut self, event: Event, typing: bool, clicked: bool) -> Result<(), &'static str> {
        self.seen.events += 1;
        let typed = matches!(event, Event::Input { .. });
        let brings_text = typed
            || matches!(
                event,
                Event::Blur { .. } | Event::Submit { .. } | Event::Reset { .. }
            );
        if !brings_text {
            self.catch_up()?;
        }
        for effect in self.field.handle(event) {
            self.carry_out(effect, typing, clicked)?;
        }
        self.quiet = typed && self.field.shown().is_none();
        Ok(())
    }

    /// Tells what was typed and not told.
    fn catch_up(&mut self) -> Result<(), &'static str> {
        if !self.quiet || self.text == self.field.value() {
            return Ok(());
        }
        let event = Event::Input {
            value: self.text.clone(),
            composing: false,
        };
        self.tell(event, true, false)
    }

    /// The verdict of the page's core, with the lists if they are there yet.
    fn judge(&self, text: &str, routing: Option<&Routing>) -> Verdict {
        let context = Context {
            pack: self.has_lists.then_some(&packs::SMALL),
            policy: &Policy::FORM,
            routing,
        };
        judge(text, &context)
    }

    fn carry_out(
        &mut self,
        effect: Effect,
        typing: bool,
        clicked: bool,
    ) -> Result<(), &'static str> {
        match effect {
            Effect::Judge {
                epoch,
                text,
                routing,
            } => {
                let verdict = self.judge(&text, routing.as_ref());
                let finding = Finding::from(&verdict);
                self.last = Some(verdict);
                let informed = routing.is_some();
                self.tell(
                    Event::Judged {
                        epoch,
                        informed,
                        finding,
                    },
                    typing,
                    clicked,
                )?;
            }
            Effect::Show(_) if typing => return Err("a hint appears while somebody types"),
            Effect::Show(_) if !self.committed => return Err("a hint before the field was left"),
            Effect::Show(_) if self.text != self.field.value() => {
                return Err("a hint about another text than the field holds");
            }
            Effect::Show(_) => self.seen.hints += 1,
            Effect::SetValue(_) if !clicked => return Err("the text changes without a click"),
            Effect::SetValue(value) => self.text = value,
            Effect::AskEdge { domain, epoch } => {
                if domain.contains('@') || domain.contains(SECRET) {
                    return Err("a local part leaves the page");
                }
                self.seen.asked += 1;
                self.edge(epoch);
            }
            Effect::ReleaseSubmit => self.went(),
            _ => {}
        }
        Ok(())
    }

    /// The edge: quick, slow, of another opinion, failing, or silent for ever.
    fn edge(&mut self, epoch: u32) {
        let (late, which) = (self.below(2_500), self.below(ANSWERS.len()));
        match self.below(5) {
            0 => {}
            1 => self.later(late, Happening::EdgeFails(epoch)),
            2 => self.later(late / 20, Happening::EdgeAnswers(epoch, which)),
            _ => self.later(late, Happening::EdgeAnswers(epoch, which)),
        }
    }
}

/// `SplitMix64`.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut bits = *state;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}
