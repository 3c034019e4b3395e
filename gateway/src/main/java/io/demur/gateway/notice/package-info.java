/**
 * Tells people of alarms: by a webhook, by mail, each on a thread of its own and for as long as it
 * takes. What is to be told stands in the log; a small file for each recipient says what was. Open
 * {@link io.demur.gateway.notice.Notices}, then {@link io.demur.gateway.notice.Courier}.
 */
@org.jspecify.annotations.NullMarked
package io.demur.gateway.notice;
