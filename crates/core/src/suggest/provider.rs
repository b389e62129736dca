//! The mail providers that people mean, and how many mean them.
//!
//! Chosen and weighed by hand from common knowledge of who runs mailboxes where; a weight
//! is an order of magnitude, not a count.
#![expect(clippy::indexing_slicing, reason = "when Mailproof is compiled")]

use core::ops::RangeInclusive;

use super::slip::Cost;
use crate::by_length::{ByLength, Sorted, Word, length};

/// A mail provider's domain.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Provider {
    pub(crate) domain: &'static str,
    /// 4: hundreds of millions of mailboxes; 3: tens of millions; 2: millions; 1: fewer or
    /// of one region; 0: real, never suggested.
    pub(crate) weight: u8,
    /// Its place among all.
    place: usize,
}

impl Provider {
    /// What is added to the price of a slip: the heavier the provider, the likelier it is
    /// what was meant.
    pub(crate) fn handicap(self) -> Cost {
        3 * Cost::from(4 - self.weight)
    }

    /// The [`letters`] of the domain: from a table, or counted anew in a build that has to
    /// be small, for the table is a thirtieth of the engine in the page.
    pub(crate) fn letters(self) -> u32 {
        if crate::COMPACT {
            letters(self.domain)
        } else {
            LETTERS.get(self.place).copied().unwrap_or_default()
        }
    }

    /// How much slipping is believed: little for short names, which are near to everything.
    pub(crate) fn limit(self) -> Cost {
        limit(self.domain, self.weight)
    }
}

/// The providers with domains of such a length: shorter ones first, of one length the
/// heaviest.
pub(crate) fn providers(lengths: RangeInclusive<usize>) -> impl Iterator<Item = Provider> {
    ALL.of(lengths).map(provider)
}

fn provider(word: Word) -> Provider {
    Provider {
        domain: word.text,
        weight: word.tag,
        place: word.place,
    }
}

static ALL: ByLength = ByLength::new(&SORTED);
static SORTED: Sorted<{ LISTED.len() }, { length(&LISTED) }> = Sorted::new(&LISTED);

/// The [`letters`] of each, in the order of their places.
static LETTERS: [u32; LISTED.len()] = {
    let mut sets = [0; LISTED.len()];
    let (mut place, mut length) = (0, 0);
    while place < LISTED.len() {
        let mut next = 0;
        while next < LISTED.len() {
            let (_, domain) = LISTED[next];
            if domain.len() == length {
                sets[place] = letters(domain);
                place += 1;
            }
            next += 1;
        }
        length += 1;
    }
    sets
};

macro_rules! providers {
    ($($weight:literal: $($domain:literal)+;)+) => {
        /// Heaviest first.
        const LISTED: [(u8, &str); [$($($domain,)+)+].len()] = [$($(($weight, $domain),)+)+];
    };
}

providers! {
    4: "gmail.com" "hotmail.com" "outlook.com" "yahoo.com" "qq.com" "163.com" "icloud.com";
    3: "126.com" "aol.com" "live.com" "msn.com" "mail.ru" "yandex.ru" "protonmail.com"
       "proton.me" "googlemail.com" "gmx.de" "web.de" "naver.com" "yahoo.co.jp" "yahoo.com.tw"
       "yahoo.com.hk" "hotmail.co.uk" "yahoo.co.uk" "hotmail.fr" "yahoo.fr" "orange.fr"
       "libero.it" "uol.com.br" "yahoo.com.br" "yahoo.co.in" "rediffmail.com" "comcast.net"
       "foxmail.com" "sina.com" "me.com";
    2: "yeah.net" "139.com" "189.cn" "sohu.com" "sina.cn" "aliyun.com" "tom.com" "21cn.com"
       "vip.qq.com" "vip.163.com" "hinet.net" "pchome.com.tw" "netvigator.com" "hanmail.net"
       "daum.net" "nate.com" "kakao.com" "docomo.ne.jp" "ezweb.ne.jp" "softbank.ne.jp" "i.softbank.jp"
       "nifty.com" "gmx.net" "gmx.at" "gmx.ch" "t-online.de" "freenet.de" "hotmail.de"
       "yahoo.de" "outlook.de" "live.de" "wanadoo.fr" "free.fr" "laposte.net" "sfr.fr"
       "live.fr" "outlook.fr" "neuf.fr" "hotmail.it" "yahoo.it" "virgilio.it" "tiscali.it"
       "alice.it" "hotmail.es" "yahoo.es" "outlook.es" "telefonica.net" "yahoo.com.mx"
       "hotmail.com.mx" "yahoo.com.ar" "bol.com.br" "terra.com.br" "ig.com.br" "globo.com"
       "outlook.com.br" "hotmail.com.br" "bk.ru" "inbox.ru" "list.ru" "rambler.ru" "ya.ru"
       "yandex.com" "ukr.net" "wp.pl" "o2.pl" "onet.pl" "interia.pl" "seznam.cz" "centrum.cz"
       "abv.bg" "ziggo.nl" "kpnmail.nl" "planet.nl" "hetnet.nl" "live.nl" "hotmail.nl"
       "telenet.be" "skynet.be" "btinternet.com" "live.co.uk" "sky.com" "virginmedia.com"
       "talktalk.net" "ntlworld.com" "blueyonder.co.uk" "bigpond.com" "optusnet.com.au"
       "yahoo.com.au" "hotmail.com.au" "xtra.co.nz" "verizon.net" "att.net" "sbcglobal.net"
       "bellsouth.net" "cox.net" "charter.net" "earthlink.net" "juno.com" "optonline.net"
       "rogers.com" "shaw.ca" "bell.net" "sympatico.ca" "videotron.ca" "yahoo.ca" "hotmail.ca"
       "mac.com" "ymail.com" "rocketmail.com" "aim.com" "fastmail.com" "zoho.com" "mail.com"
       "gmx.com" "hushmail.com" "tutanota.com" "tuta.io" "pm.me" "yahoo.co.id" "yahoo.com.sg"
       "yahoo.com.ph" "yahoo.com.vn" "windowslive.com";
    1: "singnet.com.sg" "starhub.net.sg" "yam.com" "seed.net.tw" "ms1.hinet.net" "163.net"
       "263.net" "vip.sina.com" "wo.cn" "live.cn" "live.hk" "hotmail.com.hk" "hotmail.com.tw"
       "biglobe.ne.jp" "ocn.ne.jp" "au.com" "ymobile.ne.jp" "hotmail.co.jp" "outlook.jp"
       "arcor.de" "mail.de" "posteo.de" "mailbox.org" "bluewin.ch" "hispeed.ch" "chello.at"
       "aon.at" "numericable.fr" "bbox.fr" "club-internet.fr" "email.it" "tin.it" "inwind.it"
       "iol.it" "fastwebnet.it" "aruba.it" "ono.com" "prodigy.net.mx" "r7.com" "oi.com.br"
       "indiatimes.com" "sify.com" "mail.ee" "inbox.lv" "freemail.hu" "citromail.hu"
       "azet.sk" "zoznam.sk" "email.cz" "post.cz" "home.nl" "xs4all.nl" "casema.nl" "upcmail.nl"
       "tele2.nl" "telia.com" "bredband.net" "comhem.se" "online.no" "tdcadsl.dk" "mail.dk"
       "suomi24.fi" "kolumbus.fi" "eircom.net" "plusnet.com" "tiscali.co.uk" "mindspring.com"
       "frontier.com" "frontiernet.net" "windstream.net" "centurylink.net" "roadrunner.com"
       "netzero.net" "ameritech.net" "pacbell.net" "swbell.net" "prodigy.net" "telus.net"
       "email.com" "inbox.com" "lycos.com" "excite.com"
       "fastmail.fm" "mailfence.com" "tuta.com" "hey.com" "walla.co.il" "walla.com"
       "bezeqint.net" "mynet.com" "iinet.net.au" "ozemail.com.au" "tpg.com.au" "mweb.co.za"
       "vodamail.co.za" "telkomsa.net" "webmail.co.za" "y7mail.com" "privaterelay.appleid.com";
    0: "usa.com" "myself.com" "post.com" "ymail.co" "mailo.com" "mailc.net" "hmail.com" "emailn.de" "gail.com" "tmail.com"
       "mail.co" "hotmart.com" "outlook.org" "gmi.com" "aol.de" "cloud.com"
       "comcast.com" "cox.com" "att.com" "verizon.com" "charter.com" "orange.com" "sky.de"
       "zoom.com" "hoo.com" "protein.com" "fastmail.net" "myfastmail.com" "protonmail.ch" "q.com" "online.de" "inbox.lt" "live.net" "love.com" "line.me"
       "yandex.net" "outlet.com" "outbrain.com" "hotel.com" "hotels.com" "mailru.com";
}

/// Names under which a provider has mailboxes in many countries: `yahoo.fr`,
/// `hotmail.com.hk`, … Whatever public suffix stands behind them, the domain is theirs.
pub(crate) const FAMILIES: &[&str] = &[
    "yahoo", "hotmail", "outlook", "live", "gmx", "aol", "yandex", "zoho", "msn",
];

/// The price up to which a slip for `domain` is believed: the shorter its name, the more
/// real domains stand beside it, and the rarer the provider, the likelier it is one of them.
const fn limit(domain: &str, weight: u8) -> Cost {
    let bytes = domain.as_bytes();
    let mut name = 0;
    while name < bytes.len() && bytes[name] != b'.' {
        name += 1;
    }
    let (most, for_rarity) = match name {
        0..=2 => (7, 1),
        3 => (11, 2),
        4 => (14, 2),
        5 => (19, 2),
        6..=7 => (22, 1),
        _ => (26, 1),
    };
    most - for_rarity * (4 - weight as Cost)
}

/// The set of characters of `text`: bit `i` is set when it holds the letter `a + i`; bits
/// 26–31 fold digits and punctuation. Lets most candidates be passed over without looking at
/// them.
pub(crate) const fn letters(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let mut set = 0;
    let mut i = 0;
    while i < bytes.len() {
        set |= match bytes[i] {
            letter @ b'a'..=b'z' => 1 << (letter - b'a'),
            digit @ b'0'..=b'9' => 1 << (26 + digit % 4),
            b'.' => 1 << 30,
            _ => 1 << 31,
        };
        i += 1;
    }
    set
}

/// Whether the domain is a provider's own, or real though it looks like a slip for one, so
/// that there is nothing to correct.
pub(crate) fn is_provider(domain: &str) -> bool {
    find(domain).is_some()
}

/// Whether the provider has mailboxes under this domain.
pub(crate) fn has_mailboxes(domain: &str) -> bool {
    find(domain).is_some_and(|provider| provider.weight > 0)
}

fn find(domain: &str) -> Option<Provider> {
    ALL.find(domain.as_bytes()).map(provider)
}
