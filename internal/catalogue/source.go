// SPDX-License-Identifier: Apache-2.0

package catalogue

import "gatewayresponses/internal/code"

var sourceSection = Section{
	Title: "What people write",
	About: "What `gwr` cannot read as YAML, and files that a document names.",
	Entries: []Entry{
		{
			code.NotYAML, "not YAML",
			"The text breaks the syntax of YAML, is not UTF-8, or holds a character that ends a line for some readers of YAML and not for others. Nothing of it is read.",
			"Mend the place. Texts that begin with `*`, `&`, `%`, `@`, `!`, `{` or `[`, and texts with `: ` or ` #` in them, stand in quotes. Indent with spaces.",
			"stageVariables:\n  title: Error: no",
		},
		{
			code.BadAlias, "an alias stands for nothing",
			"An alias, `*name`, has no anchor `&name` in front of it or stands inside of what it stands for, or a merge key, `<<`, names something else than mappings.",
			"Name an anchor that stands further up. A text that begins with `*` stands in quotes.",
			"classification:\n- when: {details: [*_denied]}\n  leave: true",
		},
		{
			code.UnknownTag, "a tag without a meaning",
			"JSON has no value for what the tag asks for, such as binary data or a point in time. A key that is a list or a mapping is no text either.",
			"Leave the tag out.",
			"api: {id: !!binary aGk=}",
		},
		{
			code.SecondDocument, "a second YAML document",
			"The file has more than one YAML document, with `---` between. Only one of them could be meant.",
			"Write one document a file. `gwr build` joins files.",
			"mode: observe\n---\nrevision: 2",
		},
		{
			code.SourceTooLarge, "too large to read",
			"The file, or the JSON that becomes of it with aliases resolved and bodies put in, has more than 2 MiB, or nests deeper than 100 levels. Documents have 1 MiB and ten levels.",
			"Shorten it. An alias costs what it stands for each time.",
			"",
		},
		{
			code.BadBodyFile, "the file of a body cannot be read",
			"A document names a file for a body, `{file: pages/error.html}`, that is not there, is not UTF-8, has more than 1 MiB, or stands outside of the document's folder. A document must not publish files that its author cannot see, so links that lead out of the folder are refused, too.",
			"Name a file in the folder of the document, or let `gwr build --root` name a folder that holds both.",
			"gatewayResponses:\n  DEFAULT_4XX:\n    responseTemplates: {text/html: {file: ../elsewhere.html}}",
		},
	},
}

var buildSection = Section{
	Title: "What several files make together",
	About: "What `gwr build` finds when it joins files. [build.md](build.md) has the rules.",
	Entries: []Entry{
		{
			code.Conflict, "two files differ",
			"Two files give one key different values. Which one wins must not depend on the order of the files.",
			"Keep one of them. Use `--set` for what differs between environments.",
			"",
		},
		{
			code.BadSetting, "a setting without a place",
			"`--set` leads into a list or an object that the files do not have.",
			"Correct the path. It is written as in findings: `routes[shop].stageVariables.docs`.",
			"",
		},
		{
			code.NewerKey, "a key or name that the filter does not know yet",
			"The document is built for a version of the filter that is older than the key, type, variable or status. That filter would refuse the document as a whole, and go on with its last good one.",
			"Leave it out until all gateways run a filter that knows it, or name a newer version with `--for`.",
			"",
		},
		{
			code.BadOwners, "a bad owners file",
			"The file of `--owners` says nothing, or something that cannot be.",
			"Write it as [build.md](build.md#owners) says.",
			"",
		},
		{
			code.NoOwner, "a file without an owner",
			"The owners file gives the file to nobody, or to several. A file that nobody owns could say anything.",
			"Add it to the files of one team, or to those of the platform.",
			"",
		},
		{
			code.NotOwned, "a team may not say this",
			"A team's file says something about all requests, or about hosts or routes that are not the team's.",
			"Say it in a file of the platform, or let the owners file give the host or the route to the team.",
			"",
		},
	},
}

var formatSection = Section{
	Title: "What cannot be formatted",
	About: "What `gwr fmt` refuses.",
	Entries: []Entry{
		{
			code.NotFormatted, "cannot be formatted",
			"The file cannot be written in its form without losing a comment, so it stays as it is.",
			"Move the comment to a line of its own, in front of a key or an element.",
			"",
		},
	},
}
