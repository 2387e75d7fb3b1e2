// SPDX-License-Identifier: Apache-2.0

// Package pages runs what Markdown pages show of commands, for the tests that hold a page to what a reader would see.
//
// A block with the language "console" is a terminal: a line that begins with "$ " is a command, and what follows is what it
// prints, to stdout and stderr. A line that ends in "\" goes on in the next one. A line "..." in the output stands for any number
// of lines that the page leaves out. A block whose language is followed by a word, as in "```yaml gwr.yaml", is a file that the
// reader writes, in the folder where the commands before it have led; with ">>" before the name the reader adds to it.
package pages
