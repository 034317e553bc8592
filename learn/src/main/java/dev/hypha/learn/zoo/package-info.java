/// The models, one paper one file, and the catalogue that lists them.
package dev.hypha.learn.zoo;
