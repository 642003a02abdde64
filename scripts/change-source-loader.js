/**
 * Webpack loader of `workflow-bundle.ts`: gives each file of the project's own workflow code to a function before anything else
 * reads it.
 */
module.exports = function changeSource(source) {
  return this.getOptions().change(this.resourcePath, source);
};
