const words = (text: string) => text.trim().split(/\s+/);

export const FIRST_NAMES = words(`
  Ana André Antônio Beatriz Bruno Caetano Camila Carlos Cauã Cecília César Clara Conceição Cristina Daniel Débora Diego
  Eduardo Elaine Érica Fábio Fernanda Flávia Francisca Gabriel Geovana Gonçalo Gustavo Heloísa Henrique Ícaro Inês Isabela
  Jéssica João Joaquim José Juliana Júlio Kauê Larissa Laís Letícia Lívia Luís Luíza Marcelo Márcio Marcos Maria Mariana
  Mateus Mônica Natália Nicolás Noël Otávio Patrícia Paulo Pedro Rafael Raíssa Raul Regina Renata Ricardo Rodrigo Rosângela
  Sérgio Sílvia Sofia Tânia Thaís Thiago Úrsula Valéria Vânia Vinícius Vitória Wagner Yasmin Zélia`);

export const LAST_NAMES = words(`
  Almeida Alves Andrade Araújo Barbosa Barros Batista Borges Brandão Brito Campos Cardoso Carvalho Castro Conceição Corrêa
  Costa Cunha D'Ávila Dias Duarte Farias Fernandes Ferreira Fonseca Freitas Gomes Gonçalves Guimarães Lacerda Leão Lima
  Lopes Macedo Machado Magalhães Martins Medeiros Melo Mendonça Monteiro Moraes Moreira Müller Nascimento Nogueira Nuñez
  Oliveira Paixão Pereira Pinheiro Prado Queiroz Ramos Rezende Ribeiro Rocha Rodrigues Sá Salgado Santana Santos São-Tiago
  Silva Simões Soares Souza Teixeira Toledo Valença Vasconcelos Viana Xavier`);

/** Area codes of Brazil, the common ones more often. */
export const AREA_CODES = words('11 11 11 11 21 21 31 41 47 48 51 61 62 71 81 85 91 19 27 34');

export const GROUPS = [
  'Vendas – São Paulo',
  'Suporte Nível 2',
  'Entregas Zona Sul',
  'Condomínio Ipê-Amarelo',
  'Revendedores Nordeste',
  'Pós-venda & Garantia',
  'Família Gonçalves',
  'Obra Rua Açaí',
  'Promoções Relâmpago',
  'Franqueados Rio',
];

/** Accents off, for e-mails and for the careless spelling of a duplicate. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}
