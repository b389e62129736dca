//! Blanks what nothing can reach once the panics are silent: constants, and functions that only
//! such constants or the table name.
//!
//! What a panic would say (file names, tables for formatting) lies in the module's data
//! beside the constants that count, and after linking nobody knows which is which: the
//! addresses are plain numbers. So the module is linked with `--emit-relocs`; then the
//! relocations tell which function and which constant refers to which. What cannot be reached
//! from an export becomes zeros, which wasm-opt drops; in a function they are traps.
//!
//! The format is that of "WebAssembly Object File Linking" (tool-conventions). A module
//! without relocations is left as it is.

use std::collections::HashSet;
use std::ops::Range;

use anyhow::Context as _;
use wasmparser::{
    ExternalKind, KnownCustom, Linking, Name, Parser, Payload, RelocationType, SymbolFlags,
    SymbolInfo, TypeRef,
};

use crate::silence::begins_a_panic;

/// Blanks what nothing reaches, in place; how many bytes that were.
pub(crate) fn blank_unreached(wasm: &mut [u8]) -> anyhow::Result<usize> {
    let Some(module) = Linked::read(wasm).context("the relocations make no sense")? else {
        return Ok(0);
    };
    let unreached = module.unreached();
    for range in unreached.constants.iter().chain(&unreached.bodies) {
        wasm.get_mut(range.clone())
            .context("a constant outside the module")?
            .fill(0);
    }
    for body in &unreached.bodies {
        // No locals, traps, and the end.
        wasm[body.end - 1] = END;
    }
    let dead = unreached.constants.iter().chain(&unreached.bodies);
    Ok(dead.map(ExactSizeIterator::len).sum())
}

/// The opcode that ends a function.
const END: u8 = 0x0b;

/// Ranges of the file that nothing refers to.
struct Unreached {
    constants: Vec<Range<usize>>,
    bodies: Vec<Range<usize>>,
}

/// What the linker said about a module.
#[derive(Default)]
struct Linked {
    imports: usize,
    /// The bodies of the functions, after the imported ones, as ranges of the file.
    bodies: Vec<Range<usize>>,
    /// The data segments as ranges of the file.
    segments: Vec<Range<usize>>,
    exported: Vec<usize>,
    silent: HashSet<usize>,
    symbols: Vec<Symbol>,
    references: Vec<Reference>,
    /// The symbols that say where in the source a panic began: nobody reads them.
    locations: HashSet<usize>,
}

/// What a relocation can refer to.
#[derive(Clone)]
enum Symbol {
    Function(usize),
    /// Bytes of the file; whether they stay whatever refers to them.
    Data(Range<usize>, bool),
    Other,
}

/// A place in the file that refers to a symbol.
struct Reference {
    at: usize,
    symbol: usize,
}

impl Linked {
    fn read(wasm: &[u8]) -> anyhow::Result<Option<Self>> {
        let mut module = Self::default();
        // Where each section's content starts, by its place among the sections.
        let mut starts = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            if let Some((_, range)) = payload.as_section() {
                starts.push(range.start);
            }
            module.take(payload, &starts)?;
        }
        module
            .references
            .sort_unstable_by_key(|reference| reference.at);
        module.find_locations(wasm);
        let is_linked = !module.references.is_empty() && !module.symbols.is_empty();
        Ok(is_linked.then_some(module))
    }

    fn take(&mut self, payload: Payload<'_>, starts: &[usize]) -> anyhow::Result<()> {
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    self.imports += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        self.exported.push(export.index as usize);
                    }
                }
            }
            Payload::StartSection { func, .. } => self.exported.push(func as usize),
            Payload::CodeSectionEntry(body) => self.bodies.push(body.range()),
            Payload::DataSection(segments) => {
                for segment in segments {
                    let segment = segment?;
                    let end = segment.range.end;
                    self.segments.push(end - segment.data.len()..end);
                }
            }
            Payload::CustomSection(custom) => self.take_custom(custom.as_known(), starts)?,
            _ => {}
        }
        Ok(())
    }

    fn take_custom(&mut self, custom: KnownCustom<'_>, starts: &[usize]) -> anyhow::Result<()> {
        match custom {
            KnownCustom::Name(names) => {
                for name in names {
                    if let Name::Function(functions) = name? {
                        self.take_names(functions)?;
                    }
                }
            }
            KnownCustom::Linking(linking) => {
                for part in linking.subsections() {
                    if let Linking::SymbolTable(symbols) = part? {
                        for symbol in symbols {
                            self.symbols.push(symbol_of(&symbol?, &self.segments));
                        }
                    }
                }
            }
            KnownCustom::Reloc(relocations) => {
                let section = relocations.section_index() as usize;
                let start = *starts.get(section).context("no such section")?;
                for entry in relocations.entries() {
                    let entry = entry?;
                    if refers(entry.ty) {
                        self.references.push(Reference {
                            at: start + entry.offset as usize,
                            symbol: entry.index as usize,
                        });
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn take_names(&mut self, functions: wasmparser::NameMap<'_>) -> anyhow::Result<()> {
        for function in functions {
            let function = function?;
            if begins_a_panic(function.name) {
                self.silent.insert(function.index as usize);
            }
        }
        Ok(())
    }

    fn unreached(&self) -> Unreached {
        let mut reached = vec![false; self.symbols.len()];
        let mut functions = HashSet::new();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let exported = self.exported.iter().copied();
        ranges.extend(exported.filter_map(|function| self.enter(function, &mut functions)));
        for (symbol, kind) in self.symbols.iter().enumerate() {
            if let Symbol::Data(range, true) = kind {
                reached[symbol] = true;
                ranges.push(range.clone());
            }
        }
        while let Some(range) = ranges.pop() {
            for symbol in self.referred_from(&range) {
                match self.symbols.get(symbol) {
                    Some(Symbol::Function(function)) => {
                        ranges.extend(self.enter(*function, &mut functions));
                    }
                    Some(Symbol::Data(..)) if self.locations.contains(&symbol) => {}
                    Some(Symbol::Data(data, _)) if !reached[symbol] => {
                        reached[symbol] = true;
                        ranges.push(data.clone());
                    }
                    _ => {}
                }
            }
        }
        let bodies = self.bodies.iter().enumerate();
        Unreached {
            constants: self.blankable(&reached),
            bodies: bodies
                .filter(|(place, _)| !functions.contains(&(place + self.imports)))
                .map(|(_, body)| body.clone())
                .collect(),
        }
    }

    /// A `core::panic::Location` is the path of a file with its length, a line and a column.
    fn find_locations(&mut self, wasm: &[u8]) {
        const SIZE: usize = 16;
        let is_path = |symbol: usize| match self.symbols.get(symbol) {
            Some(Symbol::Data(range, _)) => wasm.get(range.clone()).is_some_and(is_source_path),
            _ => false,
        };
        let is_location = |symbol: &Symbol| match symbol {
            Symbol::Data(range, _) if range.len() == SIZE => {
                let mut parts = self.referred_from(range);
                parts.next().is_some_and(is_path) && parts.next().is_none()
            }
            _ => false,
        };
        let found = self.symbols.iter().enumerate();
        self.locations = found
            .filter(|(_, symbol)| is_location(symbol))
            .map(|(place, _)| place)
            .collect();
    }

    /// The body of a function that is met for the first time and does more than trap.
    fn enter(&self, function: usize, met: &mut HashSet<usize>) -> Option<Range<usize>> {
        if !met.insert(function) || self.silent.contains(&function) {
            return None;
        }
        self.bodies
            .get(function.checked_sub(self.imports)?)
            .cloned()
    }

    fn referred_from(&self, range: &Range<usize>) -> impl Iterator<Item = usize> {
        let first = self
            .references
            .partition_point(|reference| reference.at < range.start);
        let end = range.end;
        self.references[first..]
            .iter()
            .take_while(move |reference| reference.at < end)
            .map(|reference| reference.symbol)
    }

    /// The bytes of unreached constants, less those that a reached one shares: equal tails
    /// of texts lie in one place.
    fn blankable(&self, reached: &[bool]) -> Vec<Range<usize>> {
        let mut kept: HashSet<usize> = HashSet::new();
        let mut dead: HashSet<usize> = HashSet::new();
        for (symbol, is_reached) in self.symbols.iter().zip(reached) {
            if let Symbol::Data(range, _) = symbol {
                let bytes = if *is_reached { &mut kept } else { &mut dead };
                bytes.extend(range.clone());
            }
        }
        let mut bytes: Vec<usize> = dead.difference(&kept).copied().collect();
        bytes.sort_unstable();
        bytes
            .chunk_by(|a, b| a + 1 == *b)
            .map(|run| run[0]..run[run.len() - 1] + 1)
            .collect()
    }
}

fn symbol_of(symbol: &SymbolInfo<'_>, segments: &[Range<usize>]) -> Symbol {
    match symbol {
        SymbolInfo::Func { index, .. } => Symbol::Function(*index as usize),
        SymbolInfo::Data {
            flags,
            symbol: Some(place),
            ..
        } => {
            let Some(segment) = segments.get(place.index as usize) else {
                return Symbol::Other;
            };
            let start = segment.start + place.offset as usize;
            let stays = flags.intersects(SymbolFlags::EXPORTED | SymbolFlags::NO_STRIP);
            Symbol::Data(start..start + place.size as usize, stays)
        }
        _ => Symbol::Other,
    }
}

fn is_source_path(bytes: &[u8]) -> bool {
    let text = bytes.strip_suffix(b"\0").unwrap_or(bytes);
    text.ends_with(b".rs") && text.windows(5).any(|part| part == b"/src/")
}

/// Whether the index of such a relocation is that of a function or a constant.
fn refers(kind: RelocationType) -> bool {
    use RelocationType as Kind;
    !matches!(
        kind,
        Kind::TypeIndexLeb | Kind::FunctionOffsetI32 | Kind::SectionOffsetI32
    )
}
