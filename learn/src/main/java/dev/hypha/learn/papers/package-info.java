/// The papers that Hypha is measured by: what each asks for, which method implements it, and what was last measured;
/// and the settings by which published numbers are reproduced, files of their own beside the models.
package dev.hypha.learn.papers;
