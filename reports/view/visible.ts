/**
 * Text from outside, made safe to look at: characters that would move the cursor, colour the terminal or reverse the
 * reading direction are written out as escapes. Everything else stays as it is.
 */

/** Controls, formats (the bidirectional ones among them), lone surrogates, and the two separators of Unicode. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** Keeps tabs and line ends. */
export const visible = (text: string): string =>
  text.replace(hidden, (found) => (found === '\n' || found === '\t' ? found : escapeOf(found)))

/** One line: line ends and tabs are written out too. */
export const visibleLine = (text: string): string => text.replace(hidden, escapeOf)

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escapeOf = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  const digits = code.toString(16)
  return named[character] ?? (code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`)
}

/** Cut to so many characters, the last of them an ellipsis. */
export const shorten = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`
