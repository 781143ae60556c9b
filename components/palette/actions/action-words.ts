/** Phrases that find an action besides its label, in both languages whichever is shown: nobody sees them. */
export const WORDS = {
  home: 'home, start, overview, início, painel, resumo',
  people: 'people, persons, contacts, customers, find a person, pessoas, contatos, clientes, buscar uma pessoa',
  routes: 'routes, agents of chats, rotas, agentes das conversas',
  keys: 'keys, tokens, api access, chaves, acesso à api',
  activity: 'activity, journal, history, log, who did what, atividade, histórico, registro, quem fez o quê',
  status: 'status, server health, version, cache metrics, situação, saúde do servidor, versão, métricas do cache',
  account:
    'account and sessions, preferences, settings, my rights, conta e sessões, preferências, configurações, minhas permissões',
  join: 'join two people, merge duplicates, join contacts, juntar duas pessoas, unir, mesclar duplicados, juntar contatos',
  'edit-person':
    'correct a person, edit a person, rename, change name phone email, corrigir os dados de uma pessoa, editar pessoa, renomear, alterar nome telefone email',
  separate: 'separate an identity, split, unlink, separar uma identidade, desvincular, identificador',
  move: 'move an identity to another person, link an identity, handle, mover uma identidade para outra pessoa, vincular, identificador',
  'answers-person':
    'test who answers a person, which agent answers a contact, testar quem responde a uma pessoa, qual agente atende um contato',
  'route-person':
    'new route for a person, create a route for a contact, nova rota para uma pessoa, criar rota para um contato',
  'history-person':
    'what was done to a person, history of a person, forget a person, privacy, o que foi feito com uma pessoa, histórico de uma pessoa, esquecer uma pessoa, lgpd',
  'old-ids':
    'save old and new ids of joined people, download export csv, baixar ids antigos e novos de quem foi juntado, exportar',
  'new-route': 'new route, create a route, add, nova rota, criar rota, adicionar',
  test: 'test who answers, who answers, which agent answers, why, testar quem responde, quem responde, quem atende, qual agente, por quê',
  probes: 'probes, checks, run all probes, verificações, sondas, refazer verificações',
  hygiene:
    'check-up of all routes, checkup, hygiene, broken routes, problems, revisão de todas as rotas, higiene, rotas com problema',
  'edit-route':
    'change a route, edit a route, switch a route on or off, alterar uma rota, editar rota, trocar o agente, ligar ou desligar uma rota',
  'test-route': 'test a route, testar uma rota',
  'copy-route': 'duplicate a route, copy a route, duplicar uma rota, copiar rota',
  'delete-route': 'delete a route, remove a route, excluir uma rota, apagar rota, remover',
  'export-routes':
    'save all routes as csv, export routes, download, baixar todas as rotas em csv, exportar rotas, planilha',
  'new-key': 'new key, create a key, add a token, nova chave, criar chave, adicionar',
  rotate:
    'rotate a key, renew a key, replace a key, rotacionar uma chave, fazer rotação, trocar chave, renovar chave, substituir chave',
  rotations: 'rotations under way, open rotations, rotações em andamento, rotações abertas',
  leaked: 'a key leaked, leak, stolen key, uma chave vazou, vazamento, chave roubada',
  revoke:
    'revoke a key, end a key, disable a key, block a key, revogar uma chave, encerrar chave, cancelar chave, bloquear chave',
  'edit-key': 'change a key, edit a key, scopes, expiry, alterar uma chave, editar chave, permissões, validade',
  'delete-key': 'delete a revoked key, remove a key, excluir uma chave revogada, apagar chave, remover',
  audit: 'calls of a key, audit log, who uses a key, chamadas de uma chave, auditoria, quem usa uma chave',
  'export-keys':
    'save all keys as csv, export keys, download, baixar todas as chaves em csv, exportar chaves, planilha',
  undo: 'undo a change, undo, take back a join, revert, desfazer uma alteração, desfazer, reverter, desfazer junção',
  'export-activity':
    'save the activity as csv, export the journal, download, baixar a atividade em csv, exportar o registro, planilha',
  recover: 'recover access, lost key, dead key, recuperar o acesso, perdi a chave, perderam a chave',
  'theme-light': 'theme light, light mode, tema claro, modo claro, aparência',
  'theme-dark': 'theme dark, dark mode, night, tema escuro, modo escuro, noturno, aparência',
  'theme-system': 'theme as the system, automatic theme, tema como o sistema, tema automático, aparência',
  'density-comfortable': 'density comfortable, row spacing, densidade confortável, espaço entre linhas',
  'density-compact': 'density compact, dense rows, densidade compacta, linhas densas',
  'language-en': 'language english, idioma english, idioma inglês, língua',
  'language-pt-BR': 'language português brasil, language portuguese, idioma português brasil, língua',
  shortcuts: 'keyboard shortcuts, help, atalhos de teclado, teclas, ajuda',
  'single-keys': 'turn single-key shortcuts on or off, ligar ou desligar atalhos de uma tecla',
  'other-server': 'sign in to another server, switch server, entrar em outro servidor, trocar de servidor',
  'sign-out': 'sign out, log out, log off, leave, exit, sair, deslogar, encerrar a sessão',
  'sign-out-everywhere': 'sign out everywhere, end all sessions, sair em todos os lugares, encerrar todas as sessões',
} as const;
