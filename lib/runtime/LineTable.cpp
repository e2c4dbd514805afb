//===-- LineTable.cpp - From an address to a source line ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LineTable.h"
#include "ContractObserver.h"
#include <algorithm>
#include <cstring>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace corolint::rt;
using namespace corolint::rt::detail;

namespace {

/// Reads little-endian values from a range. Past its end it returns zeros and
/// becomes invalid, so that a broken file only ends the reading.
class Reader {
public:
  Reader(const char *Begin, const char *End) : At(Begin), End(End) {}

  bool atEnd() const { return At >= End; }
  bool bad() const { return Bad; }
  const char *position() const { return At; }
  std::size_t left() const { return std::size_t(End - At); }
  void skip(std::uint64_t Count) { take(Count); }

  std::uint64_t fixed(unsigned Size) {
    std::uint64_t Value = 0;
    if (const char *From = take(Size))
      std::memcpy(&Value, From, Size);
    return Value;
  }
  std::uint64_t unsignedLeb() {
    std::uint64_t Value = 0;
    for (unsigned Shift = 0;; Shift += 7) {
      const auto Byte = std::uint8_t(fixed(1));
      if (Shift < 64)
        Value |= std::uint64_t(Byte & 0x7f) << Shift;
      if (!(Byte & 0x80) || Bad)
        return Value;
    }
  }
  std::int64_t signedLeb() {
    std::uint64_t Value = 0;
    for (unsigned Shift = 0;;) {
      const auto Byte = std::uint8_t(fixed(1));
      if (Shift < 64)
        Value |= std::uint64_t(Byte & 0x7f) << Shift;
      Shift += 7;
      if (Byte & 0x80 && !Bad)
        continue;
      if (Shift < 64 && (Byte & 0x40))
        Value |= ~std::uint64_t(0) << Shift;
      return std::int64_t(Value);
    }
  }
  std::string_view string() {
    const char *From = At;
    while (At < End && *At)
      ++At;
    const std::string_view Text(From, std::size_t(At - From));
    skip(1);
    return Text;
  }

private:
  const char *take(std::uint64_t Count) {
    if (Count > std::uint64_t(End - At)) {
      Bad = true;
      At = End;
      return nullptr;
    }
    return std::exchange(At, At + Count);
  }

  const char *At;
  const char *End;
  bool Bad = false;
};

/// The parts of one ELF file that are needed here.
class Module {
public:
  explicit Module(const std::string &Path) {
    const int File = ::open(Path.c_str(), O_RDONLY | O_CLOEXEC);
    if (File < 0)
      return;
    struct stat Status{};
    if (::fstat(File, &Status) == 0 && Status.st_size > 0) {
      Size = std::size_t(Status.st_size);
      void *Mapped = ::mmap(nullptr, Size, PROT_READ, MAP_PRIVATE, File, 0);
      if (Mapped != MAP_FAILED)
        Data = static_cast<const char *>(Mapped);
    }
    ::close(File);
    if (Data)
      readSections();
  }
  ~Module() {
    if (Data)
      ::munmap(const_cast<char *>(Data), Size);
  }
  Module(const Module &) = delete;
  Module &operator=(const Module &) = delete;

  SourceFrame find(std::uint64_t Address) const {
    SourceFrame Frame;
    const LineRow *Row = rowOf(Address);
    if (Row)
      Frame.Site = Frame.OwnSite = siteOf(*Row);
    const auto Symbol = std::ranges::upper_bound(Symbols, Address, {},
                                                 &FunctionSymbol::Address);
    if (Symbol == Symbols.begin())
      return Frame;
    const FunctionSymbol &Function = *std::prev(Symbol);
    if (Address >= Function.Address + Function.Size)
      return Frame;
    Frame.Symbol = Function.Name;
    if (Row)
      Frame.OwnSite = ownSite(*Row, Function.Address);
    return Frame;
  }

private:
  struct LineRow {
    std::uint64_t Address;
    std::uint32_t Line;
    std::uint32_t File;
    std::uint16_t Column;
    bool EndsSequence;
    std::uint32_t Order;
  };
  struct FunctionSymbol {
    std::uint64_t Address;
    std::uint64_t Size;
    const char *Name;
  };

  const LineRow *rowOf(std::uint64_t Address) const {
    const auto Next =
        std::ranges::upper_bound(Rows, Address, {}, &LineRow::Address);
    if (Next == Rows.begin() || std::prev(Next)->EndsSequence)
      return nullptr;
    return &*std::prev(Next);
  }

  SourceSite siteOf(const LineRow &Row) const {
    SourceSite Site;
    Site.File = Files[Row.File];
    Site.Line = Row.Line;
    Site.Column = Row.Column;
    return Site;
  }

  /// Code inlined from another file follows its call. So this is the last row
  /// before it that belongs to the function's own file.
  SourceSite ownSite(const LineRow &Row, std::uint64_t Function) const {
    const LineRow *First = rowOf(Function);
    if (!First)
      return siteOf(Row);
    for (const LineRow *R = &Row; R >= First; --R)
      if (R->Line != 0 && Files[R->File] == Files[First->File])
        return siteOf(*R);
    return siteOf(Row);
  }

  std::string_view contents(const Elf64_Shdr &Section) const {
    if (Section.sh_type == SHT_NOBITS || (Section.sh_flags & SHF_COMPRESSED) ||
        Section.sh_offset > Size || Section.sh_size > Size - Section.sh_offset)
      return {};
    return {Data + Section.sh_offset, Section.sh_size};
  }

  void readSections() {
    Elf64_Ehdr Header;
    if (Size < sizeof(Header))
      return;
    std::memcpy(&Header, Data, sizeof(Header));
    if (std::memcmp(Header.e_ident, ELFMAG, SELFMAG) != 0 ||
        Header.e_ident[EI_CLASS] != ELFCLASS64 ||
        Header.e_shentsize != sizeof(Elf64_Shdr) || Header.e_shoff > Size ||
        std::size_t(Header.e_shnum) * sizeof(Elf64_Shdr) >
            Size - Header.e_shoff ||
        Header.e_shstrndx >= Header.e_shnum)
      return;
    std::vector<Elf64_Shdr> Sections(Header.e_shnum);
    std::memcpy(Sections.data(), Data + Header.e_shoff,
                Sections.size() * sizeof(Elf64_Shdr));
    const std::string_view Names = contents(Sections[Header.e_shstrndx]);
    std::string_view Lines;
    for (const Elf64_Shdr &Section : Sections) {
      if (Section.sh_name >= Names.size())
        continue;
      const std::string_view Name = Names.data() + Section.sh_name;
      if (Name == ".debug_line")
        Lines = contents(Section);
      else if (Name == ".debug_line_str")
        LineStrings = contents(Section);
      else if (Name == ".debug_str")
        Strings = contents(Section);
      else if (Section.sh_type == SHT_SYMTAB &&
               Section.sh_link < Sections.size())
        readSymbols(contents(Section), contents(Sections[Section.sh_link]));
    }
    Reader Units(Lines.data(), Lines.data() + Lines.size());
    while (!Units.atEnd() && !Units.bad())
      readUnit(Units);
    std::sort(Rows.begin(), Rows.end(), [](const LineRow &A, const LineRow &B) {
      if (A.Address != B.Address)
        return A.Address < B.Address;
      // The end of one sequence may be the start of the next.
      if (A.EndsSequence != B.EndsSequence)
        return A.EndsSequence;
      return A.Order < B.Order;
    });
  }

  void readSymbols(std::string_view Table, std::string_view Names) {
    for (std::size_t I = 0; I + sizeof(Elf64_Sym) <= Table.size();
         I += sizeof(Elf64_Sym)) {
      Elf64_Sym Symbol;
      std::memcpy(&Symbol, Table.data() + I, sizeof(Symbol));
      if (ELF64_ST_TYPE(Symbol.st_info) == STT_FUNC &&
          Symbol.st_name < Names.size())
        Symbols.push_back(
            {Symbol.st_value, Symbol.st_size, Names.data() + Symbol.st_name});
    }
    std::sort(Symbols.begin(), Symbols.end(),
              [](const FunctionSymbol &A, const FunctionSymbol &B) {
                return A.Address < B.Address;
              });
  }

  struct Attribute {
    std::string_view Text;
    std::uint64_t Number = 0;
  };

  std::string_view stringAt(std::string_view Section, std::uint64_t Offset) {
    return Offset < Section.size() ? std::string_view(Section.data() + Offset)
                                   : std::string_view();
  }

  Attribute readForm(Reader &R, std::uint64_t Form, unsigned OffsetSize) {
    switch (Form) {
    case 0x08: // DW_FORM_string
      return {R.string(), 0};
    case 0x1f: // DW_FORM_line_strp
      return {stringAt(LineStrings, R.fixed(OffsetSize)), 0};
    case 0x0e: // DW_FORM_strp
      return {stringAt(Strings, R.fixed(OffsetSize)), 0};
    case 0x0b: // DW_FORM_data1
      return {{}, R.fixed(1)};
    case 0x05: // DW_FORM_data2
      return {{}, R.fixed(2)};
    case 0x06: // DW_FORM_data4
      return {{}, R.fixed(4)};
    case 0x07: // DW_FORM_data8
      return {{}, R.fixed(8)};
    case 0x0f: // DW_FORM_udata
      return {{}, R.unsignedLeb()};
    case 0x1e: // DW_FORM_data16
      R.skip(16);
      return {};
    case 0x09: // DW_FORM_block
      R.skip(R.unsignedLeb());
      return {};
    default:
      R.skip(R.left() + 1); // Unknown: skip this unit.
      return {};
    }
  }

  struct NameAndDirectory {
    std::string_view Name;
    std::uint64_t Directory = 0;
  };

  std::vector<NameAndDirectory> readEntries(Reader &R, unsigned OffsetSize) {
    struct Format {
      std::uint64_t Content, Form;
    };
    std::vector<Format> Formats(R.fixed(1));
    for (Format &F : Formats) {
      F.Content = R.unsignedLeb();
      F.Form = R.unsignedLeb();
    }
    std::vector<NameAndDirectory> Entries;
    for (std::uint64_t I = R.unsignedLeb(); I != 0 && !R.bad(); --I) {
      NameAndDirectory Entry;
      for (const Format &F : Formats) {
        const Attribute A = readForm(R, F.Form, OffsetSize);
        if (F.Content == 1) // DW_LNCT_path
          Entry.Name = A.Text;
        else if (F.Content == 2) // DW_LNCT_directory_index
          Entry.Directory = A.Number;
      }
      Entries.push_back(Entry);
    }
    return Entries;
  }

  static std::string join(const std::vector<NameAndDirectory> &Directories,
                          const NameAndDirectory &File) {
    if (File.Name.starts_with('/') || File.Directory >= Directories.size())
      return std::string(File.Name);
    std::string Path(Directories[File.Directory].Name);
    if (!Path.starts_with('/') && File.Directory != 0 &&
        !Directories[0].Name.empty())
      Path = std::string(Directories[0].Name) + "/" + Path;
    return Path.empty() ? std::string(File.Name)
                        : Path + "/" + std::string(File.Name);
  }

  void readUnit(Reader &Units) {
    std::uint64_t Length = Units.fixed(4);
    unsigned OffsetSize = 4;
    if (Length == 0xffffffff) {
      Length = Units.fixed(8);
      OffsetSize = 8;
    }
    const char *Begin = Units.position();
    Units.skip(Length);
    if (Units.bad())
      return;
    Reader R(Begin, Begin + Length);

    const std::uint64_t Version = R.fixed(2);
    if (Version < 3 || Version > 5)
      return;
    if (Version == 5)
      R.skip(2); // Sizes of addresses and segment selectors.
    const std::uint64_t HeaderLength = R.fixed(OffsetSize);
    const char *Program = R.position() + HeaderLength;
    const std::uint64_t MinInstruction = R.fixed(1);
    if (Version >= 4)
      R.skip(1); // Operations per instruction: VLIW only.
    R.skip(1);   // Are rows statements by default?
    const auto LineBase = std::int8_t(R.fixed(1));
    const std::uint64_t LineRange = R.fixed(1);
    const std::uint64_t OpcodeBase = R.fixed(1);
    if (LineRange == 0 || OpcodeBase == 0 || HeaderLength > R.left())
      return;
    std::vector<std::uint8_t> Operands(OpcodeBase);
    for (std::uint64_t I = 1; I < OpcodeBase; ++I)
      Operands[I] = std::uint8_t(R.fixed(1));

    std::vector<NameAndDirectory> Directories, Names;
    if (Version == 5) {
      Directories = readEntries(R, OffsetSize);
      Names = readEntries(R, OffsetSize);
    } else {
      Directories.push_back({});
      for (std::string_view D = R.string(); !D.empty(); D = R.string())
        Directories.push_back({D, 0});
      Names.push_back({});
      for (std::string_view N = R.string(); !N.empty(); N = R.string()) {
        Names.push_back({N, R.unsignedLeb()});
        R.unsignedLeb();
        R.unsignedLeb();
      }
    }
    if (R.bad())
      return;
    const auto FirstFile = std::uint32_t(Files.size());
    for (const NameAndDirectory &Name : Names)
      Files.push_back(join(Directories, Name));
    if (Names.empty())
      return;
    runProgram(Reader(Program, Begin + Length), FirstFile,
               std::uint32_t(Names.size()), MinInstruction, LineBase, LineRange,
               OpcodeBase, Operands);
  }

  void runProgram(Reader R, std::uint32_t FirstFile, std::uint32_t NumFiles,
                  std::uint64_t MinInstruction, int LineBase,
                  std::uint64_t LineRange, std::uint64_t OpcodeBase,
                  const std::vector<std::uint8_t> &Operands) {
    LineRow Row{0, 1, 1, 0, false, 0};
    const auto Emit = [&](bool EndsSequence) {
      LineRow Made = Row;
      Made.EndsSequence = EndsSequence;
      Made.Order = std::uint32_t(Rows.size());
      Made.File = FirstFile + (Row.File < NumFiles ? Row.File : 0);
      Rows.push_back(Made);
    };
    while (!R.atEnd() && !R.bad()) {
      const std::uint64_t Opcode = R.fixed(1);
      if (Opcode >= OpcodeBase) {
        const std::uint64_t Adjusted = Opcode - OpcodeBase;
        Row.Address += Adjusted / LineRange * MinInstruction;
        Row.Line += std::uint32_t(LineBase + int(Adjusted % LineRange));
        Emit(false);
        continue;
      }
      switch (Opcode) {
      case 0: { // Extended.
        const std::uint64_t Length = R.unsignedLeb();
        if (Length == 0)
          break;
        const std::uint64_t Sub = R.fixed(1);
        if (Sub == 1) { // DW_LNE_end_sequence
          Emit(true);
          Row = {0, 1, 1, 0, false, 0};
          R.skip(Length - 1);
        } else if (Sub == 2 && Length == 9) { // DW_LNE_set_address
          Row.Address = R.fixed(8);
        } else {
          R.skip(Length - 1);
        }
        break;
      }
      case 1: // DW_LNS_copy
        Emit(false);
        break;
      case 2: // DW_LNS_advance_pc
        Row.Address += R.unsignedLeb() * MinInstruction;
        break;
      case 3: // DW_LNS_advance_line
        Row.Line += std::uint32_t(R.signedLeb());
        break;
      case 4: // DW_LNS_set_file
        Row.File = std::uint32_t(R.unsignedLeb());
        break;
      case 5: // DW_LNS_set_column
        Row.Column = std::uint16_t(R.unsignedLeb());
        break;
      case 8: // DW_LNS_const_add_pc
        Row.Address += (255 - OpcodeBase) / LineRange * MinInstruction;
        break;
      case 9: // DW_LNS_fixed_advance_pc
        Row.Address += R.fixed(2);
        break;
      default:
        for (unsigned I = 0; I != Operands[Opcode]; ++I)
          R.unsignedLeb();
      }
    }
  }

  const char *Data = nullptr;
  std::size_t Size = 0;
  std::string_view LineStrings;
  std::string_view Strings;
  std::vector<LineRow> Rows;
  std::vector<std::string> Files;
  std::vector<FunctionSymbol> Symbols;
};

struct LoadedModule {
  std::uint64_t Address = 0;
  std::uint64_t Base = 0;
  std::string Path;
};

} // namespace

/// Finds the loaded file that contains an address.
static int findModule(dl_phdr_info *Info, std::size_t, void *Argument) {
  auto &Wanted = *static_cast<LoadedModule *>(Argument);
  for (int I = 0; I != Info->dlpi_phnum; ++I) {
    const ElfW(Phdr) &Segment = Info->dlpi_phdr[I];
    const std::uint64_t Begin = Info->dlpi_addr + Segment.p_vaddr;
    if (Segment.p_type != PT_LOAD || Wanted.Address < Begin ||
        Wanted.Address >= Begin + Segment.p_memsz)
      continue;
    Wanted.Base = Info->dlpi_addr;
    Wanted.Path = Info->dlpi_name && *Info->dlpi_name ? Info->dlpi_name
                                                      : "/proc/self/exe";
    return 1;
  }
  return 0;
}

static constinit std::mutex ModulesLock;

void corolint::rt::detail::lockLineTablesForFork(bool Lock) noexcept {
  Lock ? ModulesLock.lock() : ModulesLock.unlock();
}

SourceFrame corolint::rt::detail::locate(void *ReturnAddress) {
  // The call ends just before the address it returns to.
  LoadedModule Loaded;
  Loaded.Address = reinterpret_cast<std::uint64_t>(ReturnAddress) - 1;
  if (::dl_iterate_phdr(&findModule, &Loaded) == 0)
    return {};
  static auto &Modules = *new std::map<std::string, std::unique_ptr<Module>>;
  const std::lock_guard Guard(ModulesLock);
  std::unique_ptr<Module> &Known = Modules[Loaded.Path];
  if (!Known)
    Known = std::make_unique<Module>(Loaded.Path);
  return Known->find(Loaded.Address - Loaded.Base);
}
