/**
 * Suites of cases in files: the one that ships, users' own, and public ones in the forms in which
 * their authors publish them. Open {@link io.demur.files.suite.SuiteFile} first; {@code
 * PublishedForms} is where another public suite is added.
 */
@NullMarked
package io.demur.files.suite;

import org.jspecify.annotations.NullMarked;
