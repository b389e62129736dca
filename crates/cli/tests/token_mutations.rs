//! No token but the edge's own holds: good ones are damaged, swapped and forged at random, and
//! each must be refused.
//!
//! `MAILPROOF_TRIALS` says how often (4,000 without it), `MAILPROOF_SEED` where the random
//! numbers begin. `npm run test:tokens` does a million with optimised code.

mod forge;

use forge::{COMMON, Forge};
use mailproof_cli::token::{About, Expected, KeySet, verify};
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn setting(name: &str, otherwise: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.map_or(otherwise, |text| text.parse().expect("a number"))
}

/// A token and the circumstances under which it is shown.
struct Trial {
    token: Vec<u8>,
    site: String,
    email: String,
    nonce: String,
    now_s: u64,
}

impl Trial {
    fn good(token: &str) -> Self {
        Self {
            token: token.as_bytes().to_vec(),
            site: COMMON.site.to_owned(),
            email: COMMON.email.to_owned(),
            nonce: COMMON.nonce.to_owned(),
            now_s: COMMON.now,
        }
    }

    fn holds(&self, keys: &KeySet) -> bool {
        let expected = Expected {
            site: &self.site,
            about: About::Address {
                email: &self.email,
                nonce: &self.nonce,
            },
            now_s: self.now_s,
        };
        let token = String::from_utf8_lossy(&self.token);
        verify(&token, keys, &expected).is_ok()
    }
}

/// Makes of a good trial one that must be refused.
type Damage = fn(&mut Trial, &mut SmallRng, &Forge);

/// What can be done to a good token; each leaves something that must be refused.
const WAYS: [(&str, Damage); 11] = [
    ("one octet changed to any", |trial, random, _| {
        let place = random.random_range(0..trial.token.len());
        trial.token[place] ^= random.random_range(1..=255_u8);
    }),
    (
        "one character changed within the alphabet",
        |trial, random, _| {
            let place = random.random_range(0..trial.token.len());
            let others: Vec<u8> = ALPHABET
                .iter()
                .copied()
                .filter(|it| *it != trial.token[place])
                .collect();
            trial.token[place] = *others.choose(random).unwrap();
        },
    ),
    ("one bit turned", |trial, random, _| {
        let place = random.random_range(0..trial.token.len());
        trial.token[place] ^= 1 << random.random_range(0..8);
    }),
    ("one character put in", |trial, random, _| {
        let place = random.random_range(0..=trial.token.len());
        trial.token.insert(place, *ALPHABET.choose(random).unwrap());
    }),
    ("one character taken out", |trial, random, _| {
        let place = random.random_range(0..trial.token.len());
        trial.token.remove(place);
    }),
    ("cut short", |trial, random, _| {
        let length = random.random_range(0..trial.token.len());
        trial.token.truncate(length);
    }),
    ("a run of characters changed", |trial, random, _| {
        let begin = random.random_range(0..trial.token.len());
        let end = random.random_range(begin..trial.token.len()) + 1;
        let before = trial.token.clone();
        for octet in &mut trial.token[begin..end] {
            *octet = *ALPHABET.choose(random).unwrap();
        }
        if trial.token == before {
            trial.token[begin] = b'!';
        }
    }),
    ("shown too late or too early", |trial, random, _| {
        let late = COMMON.iat + 300 + random.random_range(0..1_000_000);
        let early = COMMON.iat - 61 - random.random_range(0..1_000_000);
        trial.now_s = if random.random() { late } else { early };
    }),
    ("shown to another site", |trial, random, _| {
        let place = random.random_range(0..trial.site.len());
        let mut site = trial.site.clone().into_bytes();
        site[place] = if site[place] == b'x' { b'y' } else { b'x' };
        trial.site = String::from_utf8(site).unwrap();
    }),
    ("shown with another address or nonce", |trial, random, _| {
        let number: u32 = random.random();
        match random.random_range(0..3) {
            0 => trial.email = format!("j{number}@shop.net"),
            1 => trial.email = format!("Jane.Doe@s{number}.net"),
            _ => trial.nonce = format!("{number:022}"),
        }
    }),
    (
        "another verdict under the same signature",
        |trial, random, forge| {
            let mut claims = COMMON.claims();
            let member = ["result", "reason", "domain", "jti"]
                .choose(random)
                .unwrap();
            claims[member] = format!("{:x}", random.random::<u64>()).into();
            let token = forge.token(&claims);
            let (input, _) = token.rsplit_once('.').unwrap();
            let good = forge.token(&COMMON.claims());
            let (_, signature) = good.rsplit_once('.').unwrap();
            trial.token = [input, ".", signature].concat().into_bytes();
        },
    ),
];

#[test]
fn nothing_but_the_edges_own_tokens_holds() {
    let trials = setting("MAILPROOF_TRIALS", 4_000);
    let seed = setting("MAILPROOF_SEED", 20_261_122);
    let forge = Forge::new();
    let keys = KeySet::parse(&forge.jwks().to_string()).unwrap();
    let good = forge.token(&COMMON.claims());
    assert!(Trial::good(&good).holds(&keys));
    let mut random = SmallRng::seed_from_u64(seed);
    let mut counts = [0_u64; WAYS.len()];
    for _ in 0..trials {
        let way = random.random_range(0..WAYS.len());
        let mut trial = Trial::good(&good);
        WAYS[way].1(&mut trial, &mut random, &forge);
        counts[way] += 1;
        assert!(
            !trial.holds(&keys),
            "taken: {}, seed {seed}: {}",
            WAYS[way].0,
            String::from_utf8_lossy(&trial.token)
        );
    }
    println!("{trials} damaged, swapped and forged tokens (seed {seed}): 0 taken");
    for ((way, _), count) in WAYS.iter().zip(counts) {
        println!("{count:>8}  {way}");
    }
}

/// Every place of the token with every octet there is.
#[test]
fn no_octet_can_be_changed() {
    let forge = Forge::new();
    let keys = KeySet::parse(&forge.jwks().to_string()).unwrap();
    let good = forge.token(&COMMON.claims());
    // All 256 octets at every place would be 150,000 signatures: too many for code that is
    // not optimised, where every 64th place must do.
    let step = if cfg!(debug_assertions) { 64 } else { 1 };
    for place in (0..good.len()).step_by(step) {
        for octet in 0..=u8::MAX {
            let mut trial = Trial::good(&good);
            trial.token[place] = octet;
            assert_eq!(
                trial.holds(&keys),
                octet == good.as_bytes()[place],
                "{place} {octet}"
            );
        }
    }
}
