// SPDX-License-Identifier: Apache-2.0

// Package template reads and fills the text of a reply: a body template, or the value of a header.
//
// # Language
//
// A template is text with variables in it. It is AWS's substitution for gateway responses, which is not VTL: there are
// no directives, no functions and no conditions. Ours are the braces and the filters.
//
//	template  = { text | variable } .
//	variable  = "$" name | "${" braced [ "|" filter ] "}" .
//	filter    = "json" | "html" | "url" .
//
//	name      = "context." path
//	          | "stageVariables." tail
//	          | "method.request." word [ "." tail ] .
//	path      = word { "." word } .
//	tail      = path { hyphens word } .
//	word      = character { character } .
//	character = "A" … "Z" | "a" … "z" | "0" … "9" | "_" .
//	hyphens   = "-" { "-" } .
//
//	braced    = root "." { any character but "}" and "|" } .
//	root      = "context" | "stageVariables" | "method.request" .
//
// A name is as long as it can be, so a "." or "-" that no word follows is text. What names mean is not known here:
// Options.Resolve says.
//
//	$context.path                        the value of context.path
//	$context.path.                       the same, and a full stop
//	$stageVariables.docs-url/errors      the value of stageVariables.docs-url, and "/errors"
//	$method.request.header.x-id          the value of method.request.header.x-id
//	${context.stage}s                    the value of context.stage, and an "s"
//	${context.path|url}                  the value of context.path, percent-encoded
//	$context  $contextual  ${foo}  $$    text
//	method.request.header.x-id           text
//	${context.path                       an error: it is not closed; text unless Options.Unsafe is Refuse
//	${context.path|upper}                an error: there is no such filter; a warning unless Options.Unsafe is Refuse
//
// There is no escape for "$". Where a template must print the name of a variable, the syntax of the body has a way:
// \u0024context in JSON, &#36;context in HTML and XML.
//
// # Filling
//
// A template is filled in one pass, and a value is never looked at again: "$context.stage" in a value stays these
// characters. A filter changes the value before the slot escapes it, so that ${context.path|url} in an HTML attribute
// is percent-encoded and then HTML-escaped.
//
//	json   content of a JSON string, without the quotes
//	html   HTML text or attribute value
//	url    percent-encoding of all but A-Z a-z 0-9 - . _ ~
//
// # Escaping
//
// The media type of the template, without its parameters and whatever its case, decides how a value enters it.
//
//	application/json, text/json, +json   in a string: content of that string
//	                                     elsewhere: a JSON string with its quotes, or the number if it is one
//	text/html                            in text, in a quoted attribute value, in <title> and <textarea>: HTML-escaped
//	application/xml, text/xml, +xml      in text and in a quoted attribute value: XML-escaped
//	application/x-www-form-urlencoded    percent-encoded
//	text/plain, header values            as it is
//	anything else                        a variable is an error
//
// In JSON, HTML and XML bytes that are not UTF-8 become U+FFFD, and so do, in HTML and XML, characters that XML 1.0
// does not allow. JSON leaves U+2028 and "</" as they are: the reply is JSON, not script.
//
// In HTML and XML a variable is an error where no escaping helps: in a tag or attribute name, an attribute value
// without quotes, a comment, a declaration, a processing instruction, a CDATA section. The same goes for <script>,
// <style> and their like, event handlers, style and srcdoc, where a browser would act on them: in HTML, in
// application/xhtml+xml and image/svg+xml, and in XML that names the namespace of XHTML or SVG. There, too, no
// value may change where a URL leads (see URLs). In HTML a variable is also an error after a part of <svg> or <math> that
// browsers read in two ways, such as a <title> with a tag in it.
//
//	<a href="/login?to=$context.path">         fine
//	<a href="$stageVariables.docs/errors">     fine
//	<a href="${context.path|url}">             fine
//	<a href="$context.path">                   an error: it may be "javascript:..."
//	<a href="javascript:go('$context.path')">  an error: it is code
//	<p title=$context.path>                    an error: it needs quotes
//	<script>var path = "$context.path"</script>  an error: use a data-* attribute
//
// # URLs
//
// No value may change the scheme, the host or the port of a URL that the owner wrote: in the attributes of a page that hold one,
// and in the headers Location, Content-Location, Refresh, Link and SourceMap. What browsers make of the text counts: they resolve
// character references, drop tabs, line ends and control characters, take a backslash for a slash, and look for a host behind
// "https:" whether or not slashes follow. The values of the owner's own variables count, too, in every route: behind
// "$stageVariables.docs" stands a host if that is "https://docs.example.com", and nothing if it is empty.
//
//	in front of "/", "?" or "#"   the owner's variables, and |url where no ":" follows
//	behind the first "/"          the owner's variables and |url, where no other "/" follows
//	behind "https:" and "//"      the owner's variables; values that no link can choose, such as context.domainName; |url with the
//	                              end of the host behind it, ".example.com"
//	in or behind the host         the same, and behind it a path as a whole, $context.path
//	behind "javascript:", "data:" nothing
//	everywhere else               anything
//	where further URLs can follow (srcset, ping, Refresh, Link): the owner's variables and |url, within these rules
//
// context.status, context.envoy.originalStatus and context.error.responseType have nothing in them that a URL has: they stand where
// |url does.
//
// # Other headers
//
// In headers of directives, such as Content-Security-Policy and Set-Cookie, a value that a link can choose needs |url: behind a ";"
// it would be another directive. A client's value in Access-Control-Allow-Origin is a warning, and so is one in the name of a member
// of JSON: readers of an object with two members of one name take either.
//
// # Kinds and absent values
//
//	                  in a JSON string   elsewhere in JSON   all other places
//	KindText          content            quoted              as said above
//	KindJSON          content            the number          as said above
//	KindQuoted        content            quoted              quoted as in JSON, then as said above
//	KindAbsent        nothing            null                nothing
//	absent            nothing            null                nothing; null for KindQuoted
//
// Outside a string a variable can stand for the name of a member; it is then always quoted, and empty when absent.
//
// # Documents from AWS
//
// AWS accepts a variable anywhere. Options.Unsafe says what becomes of those that are an error above:
//
//	Refuse   they are errors
//	Empty    they are warnings, and the place stays empty (emulate: aws)
//	Insert   they are warnings, and all values of the template are inserted as they are (escaping: aws)
//
// With Insert only KindQuoted has its quotes, even inside a JSON string, and is null when absent: that is what AWS does, and
// such a body is not always JSON.
package template
