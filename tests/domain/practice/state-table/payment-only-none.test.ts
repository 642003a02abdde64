import { describeTable } from './table';

// The practice has ended when its receipt is there ("Acquisita").
describeTable(
  'payment only, nothing registered',
  `
                     dr st pa ou su re wd an ex
createDraft          .  .  .  .  .  #  #  #  #
deleteDraft          ex ex ex .  .  #  #  #  #
submit               pa .  .  .  .  #  #  #  #
provideStamps        .  pa .  .  .  #  #  #  #
reportPayment        .  .  ou .  .  #  #  #  #
retryPayment         .  .  n  n  .  #  #  #  #
recordCounterPayment .  .  su su .  #  #  #  #
accept               S  S  S  S  S  S  S  S  S
takeCharge           S  S  S  S  S  S  S  S  S
takeOver             S  S  S  S  S  S  S  S  S
assign               S  S  S  S  S  S  S  S  S
release              S  S  S  S  S  S  S  S  S
setPriority          .  .  .  .  =  #  #  #  #
changePhase          S  S  S  S  S  S  S  S  S
communicateStart     S  S  S  S  S  S  S  S  S
requestIntegration   S  S  S  S  S  S  S  S  S
answerIntegration    S  S  S  S  S  S  S  S  S
acceptMessages       S  S  S  S  S  S  S  S  S
cancelIntegration    S  S  S  S  S  S  S  S  S
noticeRejection      S  S  S  S  S  S  S  S  S
submitObservations   S  S  S  S  S  S  S  S  S
approve              S  S  S  S  S  S  S  S  S
approvePartially     S  S  S  S  S  S  S  S  S
reject               S  S  S  S  S  S  S  S  S
communicate          S  S  S  S  S  S  S  S  S
withdraw             .  .  .  .  m  #  #  #  #
archive              S  S  S  S  S  S  S  S  S
annul                .  .  .  .  an an #  #  #
reopen               S  S  S  S  S  S  S  S  S
retryRegistration    .  .  .  .  n  n  n  n  n
money                f  f  su su -  -  f  -  f
time                 -  -  ex pa -  -  -  -  -
work                 -  -  -  -  re -  -  -  -
`,
);
