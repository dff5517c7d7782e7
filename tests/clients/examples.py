"""Examples in documents: commands with what they print, and pieces of files."""

import re


def blocks(path):
    """The fenced blocks of a document, each as (line number, line before, lines)."""
    lines = path.read_text().splitlines()
    found = []
    begin = None
    for number, line in enumerate(lines):
        if not line.startswith("```"):
            continue
        if begin is None:
            begin = number
        else:
            before = next((text for text in reversed(lines[:begin]) if text), "")
            found.append((begin + 1, before, lines[begin + 1:number]))
            begin = None
    return found


def commands(path):
    """Every line of a block that begins with "$ ", with what follows it."""
    found = []
    for _, _, lines in blocks(path):
        for line in lines:
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif found and lines[0].startswith("$ "):
                found[-1][1].append(line)
    return found


def is_printed(expected, printed):
    """Whether that is what was printed; a line "..." stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in expected)
    return re.fullmatch(pattern, printed) is not None


def is_part(lines, path):
    """Whether `lines` stand in a file one after the other, indented as a whole or not."""
    wanted = _dedented(lines)
    have = path.read_text().splitlines()
    return any(_dedented(have[at:at + len(wanted)]) == wanted
               for at in range(len(have) - len(wanted) + 1))


def _dedented(lines):
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    return [line[min(indents, default=0):].rstrip() for line in lines]
