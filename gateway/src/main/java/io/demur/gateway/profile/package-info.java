/** What is known of how local models refuse. Open {@link io.demur.gateway.profile.Profiles}. */
@NullMarked
package io.demur.gateway.profile;

import org.jspecify.annotations.NullMarked;
