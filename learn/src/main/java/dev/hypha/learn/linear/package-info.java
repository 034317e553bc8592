/// Small dense linear algebra that methods share.
package dev.hypha.learn.linear;
