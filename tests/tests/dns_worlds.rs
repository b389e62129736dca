//! The worlds of `scenarios/worlds/` through the native driver: what the command line asks.
//! `worker/worlds.test.mjs` runs the same ones through the compiled Worker.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use mailproof_cli::doh::DohClient;
use mailproof_core::{DomainReport, Pack, Policy, Reason, Routing, report_domain};
use mailproof_dns::MAX_QUERIES;
use mailproof_tests::resolver::{Asked, Scenario, ScriptedResolver, World};

const FILES: [&str; 6] = [
    include_str!("../scenarios/worlds/exchangers.toml"),
    include_str!("../scenarios/worlds/without-exchangers.toml"),
    include_str!("../scenarios/worlds/failures.toml"),
    include_str!("../scenarios/worlds/disagreement.toml"),
    include_str!("../scenarios/worlds/names.toml"),
    include_str!("../scenarios/worlds/faults.toml"),
];
/// Far more than a form waits, for the tests share the machine with others.
const DEADLINE: Duration = Duration::from_secs(4);
/// Worlds that are looked into at once: some wait for the deadline.
const AT_ONCE: usize = 24;

fn scenario() -> Scenario {
    let files = FILES.map(|text| Scenario::parse(text).unwrap());
    files.into_iter().reduce(Scenario::with).unwrap()
}

#[test]
fn every_world_ends_as_it_should() {
    let scenario = scenario();
    let pack = Pack::new(mailproof_lists::FULL).unwrap();
    let worlds = scenario.worlds.clone();
    let server = ScriptedResolver::start(scenario).unwrap();
    let urls = ["a", "b", "c"].map(|resolver| server.url(resolver));
    let client = DohClient::new(&urls, DEADLINE).unwrap();
    let left = Mutex::new(worlds.iter());
    let faults = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(world) = next(&left) {
                    let begun = Instant::now();
                    let routing = routing(&client, &pack, &world.domain);
                    let took = begun.elapsed();
                    let report = report_domain(&world.domain, routing, Some(&pack), &Policy::FORM);
                    faults
                        .lock()
                        .unwrap()
                        .extend(faults_of(world, &report, took));
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(
        faults.is_empty(),
        "{} of {}:\n{}",
        faults.len(),
        worlds.len(),
        faults.join("\n")
    );
    check_asked(&worlds, &server.asked());
}

/// What DNS says, and what the lists say about the zone's name server: as the command asks.
fn routing(client: &DohClient, pack: &Pack<'_>, domain: &str) -> Routing {
    let Some(finding) = client.find(domain) else {
        return Routing::unavailable(Reason::Offline);
    };
    let mut routing = finding.routing;
    if let Some(name_server) = &finding.name_server {
        routing.add_name_server(domain, name_server, pack);
    }
    routing
}

fn next<'w>(left: &Mutex<std::slice::Iter<'w, World>>) -> Option<&'w World> {
    left.lock().unwrap().next()
}

/// What is wrong with the report about this world.
fn faults_of(world: &World, report: &DomainReport, took: Duration) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |what: String| {
        faults.push(format!(
            "{} {} ({}): {what}",
            world.row, world.domain, world.about
        ));
    };
    if report.result != world.result {
        let queries: Vec<_> = report
            .evidence
            .iter()
            .map(|it| (&it.check, &it.outcome))
            .collect();
        fault(format!(
            "{:?} {:?} {queries:?}",
            report.result, report.reasons
        ));
    }
    let reasons: BTreeSet<Reason> = report.reasons.iter().copied().collect();
    for reason in world.reasons.iter().filter(|it| !reasons.contains(it)) {
        fault(format!("{reason:?} is missing: {reasons:?}"));
    }
    for reason in world.forbidden().iter().filter(|it| reasons.contains(it)) {
        fault(format!("{reason:?} is forbidden"));
    }
    if took > DEADLINE + Duration::from_millis(500) {
        fault(format!("took {took:?}"));
    }
    faults
}

/// Special-use names are asked of nobody, and no domain takes more than its share. Worlds
/// share hosts, so the share is counted over the whole run.
fn check_asked(worlds: &[World], asked: &[Asked]) {
    for world in worlds.iter().filter(|world| world.row == "D23") {
        assert!(
            asked.iter().all(|one| one.name != world.domain),
            "{}",
            world.domain
        );
    }
    assert!(asked.len() <= worlds.len() * MAX_QUERIES, "{}", asked.len());
}

#[test]
fn the_suite_is_whole() {
    let worlds = scenario().worlds;
    assert!(worlds.len() >= 120, "{}", worlds.len());
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for world in &worlds {
        *rows.entry(&world.row).or_default() += 1;
    }
    for row in 1..=25 {
        assert!(
            rows.contains_key(&*format!("D{row}")),
            "D{row} has no world"
        );
    }
    let domains: BTreeSet<&str> = worlds.iter().map(|world| &*world.domain).collect();
    assert_eq!(domains.len(), worlds.len(), "a domain stands twice");
}

/// Nobody whose domain takes mail, or of whose domain nobody can know, is turned away.
#[test]
fn bad_news_is_expected_only_where_it_is_true() {
    for world in scenario().worlds {
        assert!(world.is_just(), "{}: {}", world.domain, world.about);
        assert!(!world.reasons.is_empty(), "{}", world.domain);
    }
}
