//! The machine without a page: a scripted judge answers at once, an edge when told.

use mailproof_core::{Deliverability as D, Reason, Routing};

use super::{Effect, Event, Field, Finding, Gate, Hint};
use crate::settings::{Block, Settings, When};

const EDGE: Settings = Settings {
    when: When::Blur,
    block: Block::Syntax,
    asks_edge: true,
};
const LOCAL: Settings = Settings {
    asks_edge: false,
    ..EDGE
};

/// A field with a judge that knows a handful of texts.
struct Bench {
    field: Field,
    log: Vec<Effect>,
}

impl Bench {
    fn new(settings: Settings) -> Self {
        Self {
            field: Field::new(settings, String::new()),
            log: Vec::new(),
        }
    }

    fn send(&mut self, event: Event) -> &mut Self {
        for effect in self.field.handle(event) {
            if let Effect::Judge {
                epoch,
                text,
                routing,
            } = &effect
            {
                let finding = scripted(text, routing.as_ref());
                let (epoch, informed) = (*epoch, routing.is_some());
                self.send(Event::Judged {
                    epoch,
                    informed,
                    finding,
                });
            } else {
                self.log.push(effect);
            }
        }
        self
    }

    fn typed(&mut self, text: &str) -> &mut Self {
        let mut value = self.field.value().to_owned();
        for letter in text.chars() {
            value.push(letter);
            self.send(Event::Input {
                value: value.clone(),
                composing: false,
            });
        }
        self
    }

    fn blur(&mut self) -> &mut Self {
        let value = self.field.value().to_owned();
        self.send(Event::Blur { value })
    }

    fn submit(&mut self) -> &mut Self {
        let value = self.field.value().to_owned();
        self.send(Event::Submit { value })
    }

    fn take(&mut self) -> Vec<Effect> {
        core::mem::take(&mut self.log)
    }

    fn asked(&self) -> usize {
        self.log
            .iter()
            .filter(|effect| matches!(effect, Effect::AskEdge { .. }))
            .count()
    }
}

/// What the core would say, reduced to what the cases below need.
fn scripted(text: &str, routing: Option<&Routing>) -> Finding {
    let finding = |result, reason| Finding {
        result,
        reason,
        suggestion: None,
        ask: None,
    };
    match text.split_once('@') {
        _ if text.is_empty() => finding(D::Undeliverable, Reason::Empty),
        None => finding(D::Undeliverable, Reason::MissingAt),
        Some((_, "gmail.com")) => finding(D::Deliverable, Reason::Free),
        Some((_, "mailinator.com")) => finding(D::Risky, Reason::Disposable),
        Some((local, "gamil.com")) => Finding {
            suggestion: Some(format!("{local}@gmail.com")),
            ..finding(D::Risky, Reason::PossibleTypo)
        },
        Some((_, domain)) if domain.contains('.') => {
            let reason = routing.map_or(Reason::Offline, |routing| routing.reasons[0]);
            let result = match reason {
                Reason::AcceptsMail => D::Deliverable,
                Reason::NullMx => D::Undeliverable,
                _ => D::Unknown,
            };
            Finding {
                ask: Some(domain.to_owned()),
                ..finding(result, reason)
            }
        }
        Some(_) => finding(D::Undeliverable, Reason::MissingTld),
    }
}

fn said(reason: Reason) -> Routing {
    Routing {
        reasons: vec![reason],
        ..Routing::default()
    }
}

fn suggestion() -> Hint {
    Hint::Suggestion {
        address: "jane@gmail.com".to_owned(),
    }
}

/// After typing `text` and leaving the field, `hint` stands under it.
#[track_caller]
fn check_blur(text: &str, hint: Option<&Hint>) {
    let mut bench = Bench::new(LOCAL);
    bench.typed(text);
    assert_eq!(
        bench.field.shown(),
        None,
        "a hint while {text:?} was being typed"
    );
    bench.blur();
    assert_eq!(bench.field.shown(), hint, "{text:?}");
}

#[test]
fn leaving_the_field_shows_what_there_is_to_say() {
    let error = |reason| Hint::Error {
        reason,
        suggestion: None,
        overridable: false,
    };
    check_blur("", None);
    check_blur("jane@gmail.com", None);
    check_blur("jane", Some(&error(Reason::MissingAt)));
    check_blur("jane@b", Some(&error(Reason::MissingTld)));
    check_blur("jane@gamil.com", Some(&suggestion()));
    let disposable = Hint::Note {
        reason: Reason::Disposable,
    };
    check_blur("jane@mailinator.com", Some(&disposable));
    check_blur("jane@firma.de", None);
}

#[test]
fn typing_only_takes_hints_away() {
    let mut bench = Bench::new(LOCAL);
    bench.typed("jane").blur();
    assert!(matches!(bench.field.shown(), Some(Hint::Error { .. })));
    bench.typed("t");
    assert!(
        matches!(bench.field.shown(), Some(Hint::Error { .. })),
        "the same error stays"
    );
    bench.typed("@");
    assert_eq!(
        bench.field.shown(),
        None,
        "another error does not replace it"
    );
    bench.typed("gmail.com").blur();
    assert_eq!(bench.field.shown(), None);
}

#[test]
fn composing_says_nothing() {
    let mut bench = Bench::new(LOCAL);
    let value = "ni hao".to_owned();
    assert!(
        bench
            .field
            .handle(Event::Input {
                value,
                composing: true
            })
            .is_empty()
    );
    assert_eq!(bench.field.value(), "");
}

#[test]
fn leaving_again_redraws_nothing() {
    let mut bench = Bench::new(LOCAL);
    bench.typed("jane@gamil.com").blur().take();
    bench.send(Event::Focus).blur();
    assert_eq!(
        bench.take(),
        [],
        "a click on the hint's button blurs the field first"
    );
}

#[test]
fn taking_a_suggestion_and_taking_it_back() {
    let mut bench = Bench::new(LOCAL);
    bench.typed("jane@gamil.com").blur().take();
    bench.send(Event::AcceptSuggestion);
    assert_eq!(bench.field.value(), "jane@gmail.com");
    let log = bench.take();
    assert!(log.contains(&Effect::SetValue("jane@gmail.com".to_owned())));
    assert!(log.contains(&Effect::FocusField));
    assert!(matches!(bench.field.shown(), Some(Hint::Changed { .. })));

    // The page tells us of our own change.
    let value = "jane@gmail.com".to_owned();
    bench
        .send(Event::Input {
            value,
            composing: false,
        })
        .blur();
    assert!(
        matches!(bench.field.shown(), Some(Hint::Changed { .. })),
        "undo stays on offer"
    );

    bench.send(Event::Undo);
    assert_eq!(bench.field.value(), "jane@gamil.com");
    assert_eq!(
        bench.field.shown(),
        None,
        "what was taken back is not offered again"
    );
    bench.submit();
    assert_eq!(bench.field.gate(), Gate::Open);
}

#[test]
fn keep_mine_holds_for_that_value() {
    let mut bench = Bench::new(LOCAL);
    bench.typed("jane@gamil.com").blur().send(Event::KeepMine);
    assert_eq!(bench.field.shown(), None);
    bench.blur().submit();
    assert_eq!(bench.field.shown(), None);
    bench
        .send(Event::Input {
            value: "joan@gamil.com".to_owned(),
            composing: false,
        })
        .blur();
    assert!(matches!(bench.field.shown(), Some(Hint::Suggestion { .. })));
}

#[test]
fn the_edge_hears_of_a_committed_domain_once() {
    let mut bench = Bench::new(EDGE);
    bench.typed("jane@firma.de");
    assert_eq!(
        bench.asked(),
        0,
        "nothing leaves the page while somebody types"
    );
    bench.blur().submit();
    assert_eq!(bench.asked(), 1);
    let ask = Effect::AskEdge {
        domain: "firma.de".to_owned(),
        epoch: bench.field.epoch(),
    };
    assert!(bench.take().contains(&ask));

    let epoch = bench.field.epoch();
    bench.send(Event::EdgeAnswer {
        epoch,
        routing: said(Reason::AcceptsMail),
    });
    let value = "joan@firma.de".to_owned();
    bench
        .send(Event::Input {
            value,
            composing: false,
        })
        .blur();
    assert_eq!(bench.asked(), 0, "the answer holds for another local part");
}

#[test]
fn an_answer_about_an_earlier_text_is_dropped() {
    let mut bench = Bench::new(EDGE);
    bench.typed("jane@firma.de").blur();
    let epoch = bench.field.epoch();
    bench.send(Event::Input {
        value: "jane@firma.dev".to_owned(),
        composing: false,
    });
    assert!(bench.take().contains(&Effect::AbortEdge));
    bench.send(Event::EdgeAnswer {
        epoch,
        routing: said(Reason::NullMx),
    });
    bench.send(Event::EdgeFailed { epoch });
    assert_eq!(bench.take(), []);
    assert_eq!(bench.field.shown(), None);
}

#[test]
fn a_dead_domain_warns_and_blocks_only_if_asked_to() {
    let mut bench = Bench::new(EDGE);
    bench.typed("jane@firma.de").blur();
    let epoch = bench.field.epoch();
    bench.send(Event::EdgeAnswer {
        epoch,
        routing: said(Reason::NullMx),
    });
    assert_eq!(
        bench.field.shown(),
        Some(&Hint::Warning {
            reason: Reason::NullMx
        })
    );
    bench.submit();
    assert_eq!(bench.field.gate(), Gate::Open);

    let mut bench = Bench::new(Settings {
        block: Block::Dns,
        ..EDGE
    });
    bench.typed("jane@firma.de").submit();
    assert_eq!(bench.field.gate(), Gate::Held);
    let epoch = bench.field.epoch();
    bench.send(Event::EdgeAnswer {
        epoch,
        routing: said(Reason::NullMx),
    });
    assert_eq!(bench.field.gate(), Gate::Refused);
    let log = bench.take();
    assert!(log.contains(&Effect::SetValidity(Some(Reason::NullMx))));
    assert!(!log.contains(&Effect::ReleaseSubmit));
    bench.send(Event::KeepMine);
    assert!(bench.take().contains(&Effect::SetValidity(None)));
    bench.submit();
    assert_eq!(bench.field.gate(), Gate::Open, "the visitor insisted");
}

/// Submitting `jane@firma.de` waits, and `event` lets it go.
#[track_caller]
fn check_release(event: fn(u32) -> Event) {
    for block in [Block::Nothing, Block::Syntax, Block::Dns] {
        let mut bench = Bench::new(Settings { block, ..EDGE });
        bench.typed("jane@firma.de").submit();
        assert_eq!(bench.field.gate(), Gate::Held);
        let epoch = bench.field.epoch();
        bench.take();
        bench.send(event(epoch));
        assert_eq!(bench.field.gate(), Gate::Open);
        assert_eq!(bench.take().last(), Some(&Effect::ReleaseSubmit));
        assert_eq!(
            bench.field.shown(),
            None,
            "our failure is not the visitor's"
        );
        bench.submit();
        assert_eq!(bench.field.gate(), Gate::Open, "and it does not wait again");
    }
}

#[test]
fn a_waiting_form_goes() {
    check_release(|epoch| Event::EdgeAnswer {
        epoch,
        routing: said(Reason::AcceptsMail),
    });
    check_release(|epoch| Event::EdgeAnswer {
        epoch,
        routing: said(Reason::DnsTimeout),
    });
    check_release(|epoch| Event::EdgeFailed { epoch });
    check_release(|_| Event::SubmitDeadline);
}

#[test]
fn a_form_goes_although_no_judge_answers() {
    let mut field = Field::new(EDGE, String::new());
    field.handle(Event::Submit {
        value: "jane@例子.公司".to_owned(),
    });
    assert_eq!(field.gate(), Gate::Held);
    let effects = field.handle(Event::SubmitDeadline);
    assert_eq!(effects, [Effect::ReleaseSubmit]);
    assert_eq!(field.gate(), Gate::Open);
}

#[test]
fn a_hard_error_holds_the_form_back_and_always_lets_go_again() {
    let mut bench = Bench::new(LOCAL);
    bench.typed("jane").submit();
    assert_eq!(bench.field.gate(), Gate::Refused);
    assert!(
        bench
            .take()
            .contains(&Effect::SetValidity(Some(Reason::MissingAt)))
    );
    bench.send(Event::Reset {
        value: String::new(),
    });
    assert!(bench.take().contains(&Effect::SetValidity(None)));

    let mut bench = Bench::new(Settings {
        block: Block::Nothing,
        ..LOCAL
    });
    bench.typed("jane").submit();
    assert_eq!(bench.field.gate(), Gate::Open);
    assert_eq!(
        bench.field.shown(),
        Some(&Hint::Warning {
            reason: Reason::MissingAt
        })
    );
}

#[test]
fn a_page_may_want_hints_on_submit_only() {
    let mut bench = Bench::new(Settings {
        when: When::Submit,
        ..LOCAL
    });
    bench.typed("jane@gamil.com").blur();
    assert_eq!(bench.field.shown(), None);
    bench.submit();
    assert_eq!(bench.field.shown(), Some(&suggestion()));
    assert_eq!(
        bench.field.gate(),
        Gate::Open,
        "a suggestion holds nothing back"
    );
}

#[test]
fn the_lists_arrive_late() {
    let mut bench = Bench::new(LOCAL);
    bench.send(Event::Blur {
        value: "jane@mailinator.com".to_owned(),
    });
    bench.take();
    bench.send(Event::EngineChanged);
    assert_eq!(
        bench.field.shown(),
        Some(&Hint::Note {
            reason: Reason::Disposable
        })
    );
}

#[test]
fn lists_that_know_the_domain_take_the_question_back() {
    let mut bench = Bench::new(EDGE);
    bench.typed("jane@shop.hk").submit();
    assert_eq!((bench.asked(), bench.field.gate()), (1, Gate::Held));
    bench.take();
    let finding = Finding {
        ask: None,
        ..scripted("jane@gmail.com", None)
    };
    bench.send(Event::Judged {
        epoch: bench.field.epoch,
        informed: false,
        finding,
    });
    let log = bench.take();
    assert!(log.contains(&Effect::AbortEdge) && log.contains(&Effect::ReleaseSubmit));
    assert_eq!(bench.field.gate(), Gate::Open);
}

#[test]
fn a_press_that_waits_goes_with_what_is_typed_meanwhile() {
    for event in [
        Event::Input {
            value: "jane@shop.hk.example".to_owned(),
            composing: false,
        },
        Event::Input {
            value: "jane@shop..hk".to_owned(),
            composing: false,
        },
        Event::Input {
            value: String::new(),
            composing: false,
        },
    ] {
        let mut bench = Bench::new(EDGE);
        bench.typed("jane@shop.hk").submit();
        assert_eq!(bench.field.gate(), Gate::Held);
        bench.send(event.clone());
        assert_eq!(bench.field.gate(), Gate::Held, "{event:?}");
        bench.take();
        bench.send(Event::SubmitDeadline);
        assert_eq!(bench.field.gate(), Gate::Open, "{event:?}");
        assert!(bench.take().contains(&Effect::ReleaseSubmit), "{event:?}");
    }
}

#[test]
fn a_reset_forgets_the_press_that_waits() {
    let mut bench = Bench::new(EDGE);
    bench.typed("jane@shop.hk").submit();
    bench.take();
    bench.send(Event::Reset {
        value: String::new(),
    });
    assert_eq!(bench.field.gate(), Gate::Open);
    assert!(!bench.take().contains(&Effect::ReleaseSubmit));
}

/// Random visitors. Whatever they do: no hint appears while they type, the text changes
/// only by their click, and a form that waits goes at the deadline.
#[test]
fn no_walk_breaks_a_promise() {
    const TEXTS: [&str; 8] = [
        "",
        "jane",
        "jane@b",
        "jane@gamil.com",
        "jane@gmail.com",
        "jane@firma.de",
        "joan@firma.de",
        "x@mailinator.com",
    ];
    let mut seed = 0x9E37_79B9_u32;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    for walk in 0..20_000 {
        let block = [Block::Nothing, Block::Syntax, Block::Dns][walk % 3];
        let mut bench = Bench::new(Settings { block, ..EDGE });
        for _ in 0..12 {
            let value = TEXTS[random(TEXTS.len())].to_owned();
            let epoch = bench.field.epoch().wrapping_sub(u32::from(random(3) == 0));
            let event = match random(10) {
                0..=2 => Event::Input {
                    value,
                    composing: random(4) == 0,
                },
                3 => Event::Blur {
                    value: bench.field.value().to_owned(),
                },
                4 => Event::Submit {
                    value: bench.field.value().to_owned(),
                },
                5 => Event::EdgeAnswer {
                    epoch,
                    routing: said(Reason::NullMx),
                },
                6 => Event::EdgeFailed { epoch },
                7 => Event::AcceptSuggestion,
                8 => [Event::KeepMine, Event::Undo][random(2)].clone(),
                _ => Event::EngineChanged,
            };
            let typing = matches!(event, Event::Input { .. });
            let clicked = matches!(event, Event::AcceptSuggestion | Event::Undo);
            bench.send(event);
            let log = bench.take();
            assert!(!typing || !log.iter().any(|effect| matches!(effect, Effect::Show(_))));
            assert!(
                clicked
                    || !log
                        .iter()
                        .any(|effect| matches!(effect, Effect::SetValue(_)))
            );
            if bench.field.gate() == Gate::Held && random(2) == 0 {
                bench.send(Event::SubmitDeadline);
                assert_eq!(bench.field.gate(), Gate::Open);
                assert!(bench.take().contains(&Effect::ReleaseSubmit));
            }
        }
    }
}

#[test]
fn the_word_for_the_form() {
    assert_eq!(
        scripted("x@mailinator.com", None).word(),
        "risky:disposable"
    );
}
