/** What the builder of Form.io notes for itself, or for its own pages: it says nothing about what is asked. */
export const APPEARANCE: ReadonlySet<string> = new Set([
  ...['id', 'input', 'tableView', 'spellcheck', 'overlay', 'widget', 'tags', 'mask', 'encrypted', 'showCharCount'],
  ...['showWordCount', 'modalEdit', 'alwaysEnabled', 'allowMultipleMasks', 'reorder', 'redrawOn', 'refreshOn'],
  ...['refreshOnChange', 'hideLabel', 'labelPosition', 'optionsLabelPosition', 'inline', 'autofocus', 'customClass'],
  ...['attributes', 'prefix', 'suffix', 'hideOnChildrenHidden', 'tree', 'lazyLoad', 'theme', 'breadcrumb', 'size'],
  ...['tabindex', 'inputFormat', 'inputType', 'truncateMultipleSpaces', 'persistent', 'protected', 'dbIndex', 'unique'],
  ...['currentWidth', 'offset', 'push', 'pull', 'autoAdjust', 'collapsible', 'collapsed', 'revision', 'formRevision'],
  ...['reference', 'attrs', 'calculateServer', 'allowCalculateOverride', 'validateOn', 'errors', 'displayMask'],
  ...['submissionRevisions', 'isNew', 'lockKey', 'addons', 'keyModifiedByUser', 'ignoreCache', 'delimiter'],
  ...['requireDecimal', 'thousandsSeparator', 'truncateMultiple', 'labelWidth', 'labelMargin', 'kickbox', 'autoExpand'],
  ...['editor', 'fixedSize', 'searchEnabled', 'selectThreshold', 'uniqueOptions', 'selectValues', 'searchField'],
  // Misspelt in many forms: Form.io never reads it.
  ...[
    'calculatedValue',
    'shortcut',
    'webcam',
    'image',
    'storage',
    'dir',
    'uploadOnly',
    'enableDragAndDrop',
    'nextPage',
  ],
]);

/** Attributes that mean the same in the profile. */
export const SAME: ReadonlySet<string> = new Set([
  ...['type', 'key', 'label', 'title', 'legend', 'description', 'placeholder', 'hidden', 'disabled', 'clearOnHide'],
  ...[
    'defaultValue',
    'autocomplete',
    'properties',
    'case',
    'multiple',
    'decimalLimit',
    'rows',
    'html',
    'content',
    'tag',
  ],
  ...['className', 'form', 'rowLabel', 'signed'],
]);

/** Checks that mean the same, and those of them that a builder may write as text. */
export const SAME_CHECKS: ReadonlySet<string> = new Set([
  ...['required', 'minLength', 'maxLength', 'min', 'max', 'pattern', 'customMessage', 'plugins'],
  ...['minSelectedCount', 'maxSelectedCount', 'maxFiles'],
]);
export const NUMBERS: ReadonlySet<string> = new Set([
  ...['minLength', 'maxLength', 'min', 'max', 'minSelectedCount', 'maxSelectedCount', 'maxFiles'],
]);
export const CHECK_APPEARANCE: ReadonlySet<string> = new Set([
  ...['multiple', 'unique', 'strictDateValidation', 'customPrivate', 'onlyAvailableItems', 'step', 'integer'],
]);

const PLACED = ['type', 'key', 'conditional', 'hidden'];

/** What kinds without a question keep: the builder writes labels and defaults for everything. */
export const KEPT: Readonly<Record<string, ReadonlySet<string>>> = {
  panel: new Set([...PLACED, 'title']),
  fieldset: new Set([...PLACED, 'legend']),
  columns: new Set(PLACED),
  container: new Set([...PLACED, 'label']),
  form: new Set([...PLACED, 'label', 'form']),
  content: new Set([...PLACED, 'html']),
  htmlelement: new Set([...PLACED, 'tag', 'content', 'className']),
  hidden: new Set([...PLACED, 'calculateValue', 'defaultValue']),
};
