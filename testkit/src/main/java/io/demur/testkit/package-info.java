/**
 * Help for tests that knows none of our other modules: seeded generators and properties ({@link
 * io.demur.testkit.Property}), files that pin an output ({@link io.demur.testkit.Golden}), a server
 * that answers as it is told ({@link io.demur.testkit.StubServer}), and where data outside the
 * repository may be ({@link io.demur.testkit.SharedData}).
 */
@NullMarked
package io.demur.testkit;

import org.jspecify.annotations.NullMarked;
