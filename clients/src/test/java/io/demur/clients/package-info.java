/**
 * Other people's clients, unmodified, talk to a gateway with the rehearsal model behind it: only
 * the base URL and the key are ours. Open {@code Site} first, then one test for each client.
 */
@NullMarked
package io.demur.clients;

import org.jspecify.annotations.NullMarked;
